import engineRpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import enginePb from "@pulumi/pulumi/proto/engine_pb.js";
import resourceRpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resourcePb, {
  type ReadResourceRequest,
  type RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { type Estate, providerPrefix, type Registered, type Registration } from "./estate.js";
import { accept, answer, serve } from "./grpc-server.js";
import { readableError } from "./readable-error.js";
import type { Properties } from "./sdk.js";
import { engineForm, toWire } from "./wire.js";

const monitorMethods = resourceRpc.ResourceMonitorService;
const engineMethods = engineRpc.EngineService;

/** A running engine. */
export interface Engine {
  readonly address: string;
  readonly stop: () => void;
}

/** Serves an estate to one program over gRPC, as Pulumi's engine would. */
export async function startEngine(estate: Estate): Promise<Engine> {
  const { port, stop } = await serve([
    { service: monitorMethods, handlers: monitorOf(estate) },
    { service: engineMethods, handlers: logOf(estate) },
  ]);
  return { address: `127.0.0.1:${port}`, stop };
}

/** Transforms and hooks run in engines with state; here they are accepted and come to nothing. */
const acceptedByMonitor = {
  registerErrorHook: accept(monitorMethods.registerErrorHook),
  registerResourceHook: accept(monitorMethods.registerResourceHook),
  registerStackInvokeTransform: accept(monitorMethods.registerStackInvokeTransform),
  registerStackTransform: accept(monitorMethods.registerStackTransform),
  signalAndWaitForShutdown: accept(monitorMethods.signalAndWaitForShutdown),
};

function monitorOf(estate: Estate) {
  const { supportsFeature, registerPackage, registerResource, readResource } = monitorMethods;
  const { registerResourceOutputs, invoke } = monitorMethods;
  return {
    ...acceptedByMonitor,
    supportsFeature: answer(supportsFeature, (_request, reply) => reply.setHassupport(true)),
    registerPackage: answer(registerPackage, (request, reply) => reply.setRef(request.getName())),
    registerResource: answer(registerResource, (request, reply) => {
      const registered = estate.register(registrationOf(request));
      reply.setUrn(registered.urn);
      reply.setId(registered.id);
      reply.setObject(toWire(registered.outputs));
      reply.setResult(resultOf(registered));
    }),
    readResource: answer(readResource, (request, reply) => {
      const { urn, outputs } = estate.read(readOf(request), request.getId());
      reply.setUrn(urn);
      reply.setProperties(toWire(outputs));
    }),
    registerResourceOutputs: answer(registerResourceOutputs, (request) => {
      estate.complete(request.getUrn(), engineForm(request.getOutputs()));
    }),
    invoke: answer(invoke, (request, reply) => {
      const args = engineForm(request.getArgs());
      reply.setReturn(toWire(estate.invoke(request.getTok(), args, request.getProvider())));
    }),
  };
}

/**
 * A resource reported as skipped is the SDK's way to be told "what is not here is unknown": its
 * absent outputs then stay unknown instead of becoming undefined, in an update too.
 */
function resultOf({ hasUnknownOutputs }: Registered) {
  return hasUnknownOutputs ? resourcePb.Result.SKIP : resourcePb.Result.SUCCESS;
}

function logOf(estate: Estate) {
  return {
    setRootResource: accept(engineMethods.setRootResource),
    getRootResource: accept(engineMethods.getRootResource),
    requirePulumiVersion: accept(engineMethods.requirePulumiVersion),
    log: answer(engineMethods.log, (request) => {
      const { ERROR, WARNING } = enginePb.LogSeverity;
      const severity = request.getSeverity();
      if (severity !== ERROR && severity !== WARNING) return;
      const text = readableError(request.getMessage());
      const repeats = estate.messages.some((message) => text.includes(message.text));
      if (!repeats) estate.tell(severity === ERROR ? "error" : "warning", text, request.getUrn());
    }),
  };
}

function registrationOf(request: RegisterResourceRequest): Registration {
  const dependencies = [...request.getPropertydependenciesMap().entries()];
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    provider: request.getProvider(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    protect: request.getProtect() ?? false,
    ignoreChanges: request.getIgnorechangesList(),
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(
      dependencies.map(([input, urns]) => [input, urns.getUrnsList()]),
    ),
    inputs: { ...engineForm(request.getObject()), ...pluginOf(request) },
  };
}

/** A provider keeps the version of its plugin among its inputs. */
function pluginOf(request: RegisterResourceRequest): Properties {
  const version = request.getVersion();
  const isProvider = request.getType().startsWith(providerPrefix);
  return isProvider && version !== "" ? { version } : {};
}

function readOf(request: ReadResourceRequest): Registration {
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    provider: request.getProvider(),
    custom: true,
    remote: false,
    protect: false,
    ignoreChanges: [],
    dependencies: request.getDependenciesList(),
    propertyDependencies: {},
    inputs: engineForm(request.getProperties()),
  };
}
