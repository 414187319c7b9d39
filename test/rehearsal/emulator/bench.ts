import { DrsClient, StartRecoveryCommand } from "@aws-sdk/client-drs";
import { onTestFinished } from "vitest";
import { instant } from "../../../runtime/core/instant.js";
import { parseDocument } from "../../../runtime/environment/document-file.js";
import {
  type Emulator,
  type EmulatorSettings,
  startEmulator,
} from "../../../runtime/rehearsal/emulator/emulator.js";
import { fleetFile, fleetOfDeclaration } from "../../../runtime/rehearsal/emulator/fleet-file.js";

export const account = "111122223333";
export const region = "eu-west-1";

export const startAt = instant(Date.UTC(2026, 0, 24, 2));

/** Four servers whose launches take ten minutes, in one lane. */
const fourServers = `
lanes:
  - account: "${account}"
    region: ${region}
    fleet:
      - servers: [s-00000000000000001, s-00000000000000002, s-00000000000000003, s-00000000000000004]
        tags: { Tier: web }
        launchSeconds: 600
`;

/** What the control endpoint answered. */
export interface Answer {
  readonly status: number;
  readonly document: Readonly<Record<string, unknown>>;
}

export interface EmulatorBench {
  readonly emulator: Emulator;
  /** Asks the control endpoint: `GET /clock`. A body is sent as JSON. */
  control(request: string, body?: unknown): Promise<Answer>;
  drs(keys?: Readonly<{ accessKeyId: string; sessionToken?: string }>, where?: string): DrsClient;
}

export interface EmulatorBenchOptions extends Partial<EmulatorSettings> {
  /** Text of a fleet file. */
  readonly fleetText?: string;
}

/** An emulator on a virtual clock that stands, closed when the test ends. */
export async function startEmulatorBench({
  fleetText = fourServers,
  ...settings
}: EmulatorBenchOptions = {}): Promise<EmulatorBench> {
  const parsed = parseDocument(fleetFile, fleetText, "fleet.yaml");
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  const emulator = await startEmulator({
    fleet: fleetOfDeclaration(parsed.value),
    seed: 1,
    clock: { kind: "virtual", secondsPerRead: 0 },
    startAt,
    host: "127.0.0.1",
    port: 0,
    ...settings,
  });
  onTestFinished(() => emulator.close());
  return {
    emulator,
    async control(request, body) {
      const [method = "GET", path = ""] = request.split(" ");
      const response = await fetch(`${emulator.url}/_dr${path}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, document: Object(await response.json()) };
    },
    drs(keys = { accessKeyId: "any" }, where = region) {
      const client = new DrsClient({
        endpoint: emulator.url,
        region: where,
        credentials: { secretAccessKey: "any", ...keys },
        maxAttempts: 1,
      });
      onTestFinished(() => client.destroy());
      return client;
    },
  };
}

/** What a service answered, as it stood on the wire. */
export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** Posts to a service as a client of it would. */
export async function post(
  { emulator }: EmulatorBench,
  service: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  path = "/",
): Promise<Reply> {
  const scope = `${account}/20260124/${region}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`;
  const reply = await fetch(`${emulator.url}${path}`, {
    method: "POST",
    headers: { authorization, ...headers },
    body,
  });
  return { status: reply.status, text: await reply.text() };
}

export function serverId(number: number): string {
  return `s-${String(number).padStart(17, "0")}`;
}

/** Starts a recovery of servers by their numbers. */
export function start(bench: EmulatorBench, ...servers: readonly number[]) {
  const sourceServers = servers.map((number) => ({ sourceServerID: serverId(number) }));
  return bench.drs().send(new StartRecoveryCommand({ sourceServers }));
}

/** The problems that the control endpoint answered. */
export function messagesOf(document: Readonly<Record<string, unknown>>): readonly string[] {
  const { problems = [] } = document as { problems?: readonly { message: string }[] };
  return problems.map(({ message }) => message);
}
