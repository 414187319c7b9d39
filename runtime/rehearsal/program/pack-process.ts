import { once } from "node:events";
import { join, resolve } from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import analyzerRpc, { type AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type analyzerPb from "@pulumi/pulumi/proto/analyzer_pb.js";
import type {
  AnalyzeDiagnostic,
  AnalyzeRequest,
  AnalyzerInfo,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import { type Child, startChild } from "./child.js";
import { readableError } from "./readable-error.js";
import { Empty, grpcOptions, type Properties, sdkFileFor } from "./sdk.js";

/** A policy pack that runs in a process of its own, and answers over gRPC. */
export interface PackProcess {
  readonly info: AnalyzerInfo;
  readonly configure: (request: ConfigureAnalyzerRequest) => Promise<void>;
  /** What the pack would rather have the properties be, or nothing. */
  readonly remediate: (request: AnalyzeRequest) => Promise<Properties | undefined>;
  readonly analyze: (request: AnalyzeRequest) => Promise<readonly AnalyzeDiagnostic[]>;
  readonly analyzeStack: (request: AnalyzeStackRequest) => Promise<readonly AnalyzeDiagnostic[]>;
  readonly stop: () => void;
}

/** Pulumi passes its engine's address here, to which a pack may log. Ours has none while packs run. */
const noEngine = "127.0.0.1:1";

/** Starts a pack as Pulumi's language host does. Fails with what the pack printed when it does not start. */
export async function startPack(packDirectory: string): Promise<PackProcess> {
  const directory = resolve(packDirectory);
  const runner = sdkFileFor(directory, "cmd/run-policy-pack");
  const child = startChild(directory, [runner, noEngine, directory], {});
  const port = await portOf(child, directory);
  const address = `127.0.0.1:${port}`;
  const client = new analyzerRpc.AnalyzerClient(address, credentials.createInsecure(), grpcOptions);
  const stop = () => {
    client.close();
    child.process.kill();
  };
  try {
    return { ...callsOf(client), info: await infoOf(client), stop };
  } catch (error) {
    stop();
    throw error;
  }
}

function infoOf(client: AnalyzerClient): Promise<AnalyzerInfo> {
  return unary((done) => client.getAnalyzerInfo(new Empty(), done));
}

function callsOf(client: AnalyzerClient): Omit<PackProcess, "info" | "stop"> {
  return {
    configure: async (request) => {
      await unary((done) => client.configure(request, done));
    },
    remediate: async (request) => {
      const reply = await unary<InstanceType<typeof analyzerPb.RemediateResponse>>((done) =>
        client.remediate(request, done),
      );
      return reply.getRemediationsList().at(-1)?.getProperties()?.toJavaScript();
    },
    analyze: async (request) => {
      const reply = await unary<Diagnosed>((done) => client.analyze(request, done));
      return reply.getDiagnosticsList();
    },
    analyzeStack: async (request) => {
      const reply = await unary<Diagnosed>((done) => client.analyzeStack(request, done));
      return reply.getDiagnosticsList();
    },
  };
}

type Diagnosed = InstanceType<typeof analyzerPb.AnalyzeResponse>;
type Done<Reply> = (error: ServiceError | null, reply: Reply) => void;

function unary<Reply>(send: (done: Done<Reply>) => unknown): Promise<Reply> {
  return new Promise((resolve, reject) => {
    send((error, reply) => {
      if (error) reject(error);
      else resolve(reply);
    });
  });
}

/** The first line that a pack prints is the port on which it answers. */
async function portOf(child: Child, directory: string): Promise<string> {
  const { stdout } = child.process;
  let text = "";
  const printed = new Promise<string>((resolve) => {
    stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const port = /^(\d+)\n/m.exec(text)?.[1];
      if (port !== undefined) resolve(port);
    });
  });
  const ended = once(child.process, "close").then(() => undefined);
  const port = await Promise.race([printed, ended]);
  if (port !== undefined) return port;
  const reason = readableError(child.printed()) || "it told nothing";
  throw new Error(
    `${join(directory, "PulumiPolicy.yaml")} must belong to a policy pack that starts, got: ${reason}`,
  );
}
