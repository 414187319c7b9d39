import providerRpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { DiffResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import {
  accept,
  answer,
  type LocalServer,
  serve,
} from "../../../runtime/rehearsal/program/grpc-server.js";
import {
  defaultTags,
  placementOf,
  providerPlacement,
} from "../../../runtime/rehearsal/program/placement.js";
import type { Properties } from "../../../runtime/rehearsal/program/sdk.js";
import { checkedInputs, type Order } from "../../../runtime/rehearsal/program/stand-in-aws.js";
import { invokeAnswer } from "../../../runtime/rehearsal/program/stand-in-invokes.js";
import { nameOf } from "../../../runtime/rehearsal/program/urn.js";
import { engineForm, plainForm, toWire } from "../../../runtime/rehearsal/program/wire.js";
import { constructing } from "./construct.js";
import { changedInputs, differenceOf } from "./replacements.js";
import { readBackInputs, replacingInputs } from "./resource-types.js";
import { unimplemented } from "./unimplemented.js";
import type { World } from "./world.js";

const service = providerRpc.ResourceProviderService;

/** What all calls about a resource have in common. */
interface About {
  getUrn(): string;
  getType(): string;
}

/** The engine opens a connection for each provider of a program; its peer tells them apart. */
interface Connection {
  getPeer(): string;
}

/** Serves a world to Pulumi's engine in the place of the AWS provider, and of awsx's components. */
export function serveProvider(world: World): Promise<LocalServer> {
  const configured = new Map<string, Properties>();
  const settingsOf = (call: Connection) => configured.get(call.getPeer()) ?? {};
  const orderOf = (about: About, inputs: Properties, call: Connection): Order => {
    const settings = settingsOf(call);
    const urn = about.getUrn();
    const placement = placementOf(inputs, providerPlacement(settings));
    const order = { type: about.getType(), urn, name: nameOf(urn), inputs: plainForm(inputs) };
    return { ...order, placement, defaultTags: defaultTags(settings) };
  };
  return serve([
    {
      service,
      handlers: {
        ...unimplemented(service),
        ...lifeOfProvider(configured),
        check: answer(service.check, (request, reply, call) => {
          replacingInputs(request.getType()); // refuses a type of which nothing is known
          const news = engineForm(request.getNews());
          const order = { ...orderOf(request, news, call), inputs: news };
          reply.setInputs(toWire(checkedInputs(order)));
        }),
        diff: answer(service.diff, (request, reply) => {
          const from = plainForm(engineForm(request.getOldInputs()));
          const to = plainForm(engineForm(request.getNews()));
          const { changed, replacing, deleteFirst } = differenceOf(request.getType(), from, to);
          const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
          reply.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
          reply.setDiffsList([...changed]);
          reply.setReplacesList([...replacing]);
          reply.setDeletebeforereplace(deleteFirst);
        }),
        create: answer(service.create, async (request, reply, call) => {
          const inputs = engineForm(request.getProperties());
          if (request.getPreview()) {
            reply.setProperties(toWire(inputs));
            return;
          }
          const { id, outputs } = await world.create(orderOf(request, inputs, call));
          reply.setId(id);
          reply.setProperties(toWire({ ...outputs, ...inputs }));
        }),
        read: answer(service.read, (request, reply, call) => {
          const known = engineForm(request.getInputs());
          const thing = world.read(orderOf(request, known, call), request.getId());
          if (thing === undefined) return;
          reply.setId(thing.id);
          reply.setProperties(toWire(thing.outputs));
          reply.setInputs(toWire(readInputs(request.getType(), known, thing.inputs)));
        }),
        update: answer(service.update, (request, reply, call) => {
          const inputs = engineForm(request.getNews());
          const order = orderOf(request, inputs, call);
          const outputs = request.getPreview()
            ? engineForm(request.getOlds())
            : world.update(order, request.getId()).outputs;
          reply.setProperties(toWire({ ...outputs, ...inputs }));
        }),
        delete: answer(service.delete, (request, _reply, call) => {
          const inputs = engineForm(request.getOldInputs());
          world.delete(orderOf(request, inputs, call), request.getId());
        }),
        construct: answer(service.construct, constructing()),
        invoke: answer(service.invoke, (request, reply, call) => {
          const args = plainForm(engineForm(request.getArgs()));
          const placement = providerPlacement(settingsOf(call));
          reply.setReturn(toWire(invokeAnswer(request.getTok(), args, placement)));
        }),
      },
    },
  ]);
}

/** How the engine meets a provider, and takes leave. */
function lifeOfProvider(configured: Map<string, Properties>) {
  return {
    handshake: answer(service.handshake, (_request, reply) => {
      reply.setAcceptSecrets(true);
      reply.setAcceptResources(true);
    }),
    attach: accept(service.attach),
    cancel: accept(service.cancel),
    getPluginInfo: answer(service.getPluginInfo, (_request, reply) => reply.setVersion("7.48.0")),
    getSchema: answer(service.getSchema, (_request, reply) =>
      reply.setSchema('{"name":"aws","version":"7.48.0"}'),
    ),
    checkConfig: answer(service.checkConfig, (request, reply) =>
      reply.setInputs(request.getNews()),
    ),
    diffConfig: answer(service.diffConfig, (request, reply) => {
      const from = engineForm(request.getOldInputs());
      const changed = changedInputs(from, engineForm(request.getNews()));
      const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
      reply.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
    }),
    configure: answer(service.configure, (request, reply, call) => {
      configured.set(call.getPeer(), plainForm(engineForm(request.getArgs())));
      reply.setAcceptsecrets(true);
      reply.setAcceptresources(true);
      reply.setSupportspreview(true);
    }),
  };
}

/** What is compared with the program after a refresh: what it gave, and what the provider finds beside. */
function readInputs(type: string, known: Properties, found: Properties): Properties {
  const given = Object.keys(known);
  if (given.length === 0) return found; // an import
  const beside = readBackInputs(type).filter((name) => isSet(found[name]));
  const kept = (name: string) => (isWriteOnly(name) ? known[name] : found[name]);
  return Object.fromEntries([...given, ...beside].map((name) => [name, kept(name)]));
}

/** Arguments that AWS is told and nobody reads again: of them the state knows what it was given. */
function isWriteOnly(name: string): boolean {
  return /Wo(Version)?$/.test(name);
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== "";
}
