import { spawn } from "node:child_process";
import { once } from "node:events";
import languageRpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import type { RunRequest } from "@pulumi/pulumi/proto/language_pb.js";
import {
  accept,
  answer,
  type LocalServer,
  serve,
} from "../../../runtime/rehearsal/program/grpc-server.js";
import { sdkFileFor } from "../../../runtime/rehearsal/program/sdk.js";
import { unimplemented } from "./unimplemented.js";

const service = languageRpc.LanguageRuntimeService;

/** With this code Pulumi's runner says that it has told its errors to the engine already. */
const toldAlready = 32;

/**
 * Runs programs for Pulumi's engine where its own language host for Node is missing. The program
 * itself meets nothing unusual: it is started by Pulumi's own runner, with the same arguments.
 */
export function serveLanguageHost(): Promise<LocalServer> {
  let engineAddress = "";
  return serve([
    {
      service,
      handlers: {
        ...unimplemented(service),
        handshake: answer(service.handshake, (request) => {
          engineAddress = request.getEngineAddress();
        }),
        getRequiredPackages: accept(service.getRequiredPackages),
        getRequiredPlugins: accept(service.getRequiredPlugins),
        getProgramDependencies: accept(service.getProgramDependencies),
        getPluginInfo: answer(service.getPluginInfo, (_request, reply) =>
          reply.setVersion("3.248.0"),
        ),
        run: answer(service.run, async (request, reply) => {
          const { code, printed } = await run(request, engineAddress);
          if (code === toldAlready) reply.setBail(true);
          else if (code !== 0)
            reply.setError(printed || `the program ended with exit code ${code}`);
        }),
      },
    },
  ]);
}

async function run(request: RunRequest, engineAddress: string) {
  const info = request.getInfo();
  const root = info?.getRootDirectory() || request.getPwd();
  const program = info?.getProgramDirectory() || root;
  const child = spawn(
    process.execPath,
    [
      sdkFileFor(program, "cmd/run"),
      ...["--monitor", request.getMonitorAddress(), "--engine", engineAddress],
      ...["--organization", request.getOrganization(), "--project", request.getProject()],
      ...["--stack", request.getStack(), "--root-directory", root, "--pwd", request.getPwd()],
      ...(request.getDryrun() ? ["--dry-run"] : []),
      ...["--parallel", String(request.getParallel()), info?.getEntryPoint() || "."],
    ],
    { cwd: request.getPwd(), env: variablesOf(request), stdio: ["ignore", "ignore", "pipe"] },
  );
  let printed = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, printed };
}

function variablesOf(request: RunRequest): NodeJS.ProcessEnv {
  const { TRACEPARENT: _tracing, ...inherited } = process.env;
  return {
    ...inherited,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}
