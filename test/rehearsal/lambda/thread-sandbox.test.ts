import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import type { Exchange } from "../../../runtime/rehearsal/lambda/direct-http.js";
import type { SandboxInvocation } from "../../../runtime/rehearsal/lambda/sandbox.js";
import { threadSandboxes } from "../../../runtime/rehearsal/lambda/thread-sandbox.js";
import type {
  SandboxOutcome,
  WarmSandbox,
} from "../../../runtime/rehearsal/lambda/warm-sandbox.js";
import { createVirtualClock, defaultStart } from "../../../runtime/rehearsal/virtual-clock.js";

const nobody: Exchange = () => Promise.reject(new Error("nobody answers"));

function sandboxOf(code: string, exchange: Exchange = nobody): WarmSandbox {
  const folder = mkdtempSync(join(tmpdir(), "thread-sandbox-"));
  const file = join(folder, "index.mjs");
  writeFileSync(file, code);
  return threadSandboxes(exchange)({
    settings: {
      clock: createVirtualClock().shared,
      moduleUrl: pathToFileURL(file).href,
      exportName: "handler",
      taskRootUrl: pathToFileURL(`${folder}/`).href,
    },
    environment: { COLOUR: "green" },
    memoryMib: 128,
  });
}

const invocation: SandboxInvocation = {
  requestId: "request",
  functionName: "probe",
  functionArn: "arn:aws:lambda:us-east-1:777788889999:function:probe",
  memoryMib: 128,
  logGroup: "group",
  logStream: "stream",
  seed: 1,
  payload: "{}",
  realLimitMs: 60_000,
  realTimeFactor: 1,
};

function invoke(sandbox: WarmSandbox, onWait = () => undefined): Promise<SandboxOutcome> {
  return sandbox.run(invocation, 60, onWait);
}

function payloadOf(outcome: SandboxOutcome): unknown {
  return outcome.kind === "done" ? JSON.parse(outcome.payload) : outcome;
}

const asks = `
import { request as ask } from "node:http";
export const handler = () => new Promise((resolve, reject) => {
  const options = { method: "POST", path: "/jobs?page=2", headers: { Authorization: "me" } };
  const outgoing = ask(options, async (response) => {
    const chunks = [];
    for await (const chunk of response) chunks.push(chunk);
    resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() });
  });
  outgoing.on("error", reject);
  outgoing.end("{}");
});`;

describe("a sandbox in this thread", () => {
  it("has its own environment, time and randomness, and leaves those of this thread alone", async () => {
    const now = Date.now();
    const random = Math.random;
    const sandbox = sandboxOf(`
      import { env } from "node:process";
      import { randomUUID } from "crypto";
      export const handler = async () => ({
        keys: Object.keys(process.env), colour: env.COLOUR, now: Date.now(), made: new Date().getTime(),
        random: Math.random(), id: randomUUID(), isDate: new Date() instanceof globalThis.Date,
      });`);
    const first = payloadOf(await invoke(sandbox));
    expect(first).toMatchObject({
      keys: ["COLOUR"],
      colour: "green",
      now: defaultStart,
      made: defaultStart,
      isDate: true,
    });
    expect(payloadOf(await invoke(sandbox))).toEqual(first);
    expect(Date.now()).toBeGreaterThanOrEqual(now);
    expect(Math.random).toBe(random);
  });

  it("has an instance of the module of its own, though the code is compiled once", async () => {
    const code = "let count = 0; export const handler = async () => (count += 1);";
    const one = sandboxOf(code);
    const other = sandboxOf(code);
    expect(payloadOf(await invoke(one))).toBe(1);
    expect(payloadOf(await invoke(one))).toBe(2);
    expect(payloadOf(await invoke(other))).toBe(1);
  });

  it("reaches the gateway without a socket", async () => {
    const exchange: Exchange = ({ method, path, query, headers, body }) =>
      Promise.resolve({
        status: 202,
        headers: {},
        body: Buffer.from([method, path, query.get("page"), headers.authorization, body].join(" ")),
      });
    expect(payloadOf(await invoke(sandboxOf(asks, exchange)))).toEqual({
      status: 202,
      body: "POST /jobs 2 me {}",
    });
  });

  it("sees a connection break where the gateway cuts it", async () => {
    expect(await invoke(sandboxOf(asks))).toMatchObject({
      kind: "failed",
      error: { errorType: "Error", errorMessage: "socket hang up" },
    });
  });

  it("that is ended takes no reply and makes no call any more", async () => {
    const calls: string[] = [];
    let answer: () => void = () => undefined;
    const exchange: Exchange = ({ path }) => {
      calls.push(path);
      return new Promise((resolve) => {
        answer = () => resolve({ status: 200, headers: {}, body: Buffer.from("") });
      });
    };
    const sandbox = sandboxOf(asks, exchange);
    const outcome = invoke(sandbox);
    await expect.poll(() => calls).toEqual(["/jobs"]);
    await sandbox.end({ kind: "exit" });
    answer();
    expect(await outcome).toMatchObject({
      kind: "failed",
      error: { errorType: "Runtime.ExitError" },
    });
    expect(sandbox.isAlive()).toBe(false);
  });

  it("waits for its own timers in no time, and says how long that would have been", async () => {
    const waits: number[] = [];
    const sandbox = sandboxOf(`
      export const handler = () => new Promise((resolve) => setTimeout(() => resolve("late"), 40_000));`);
    const outcome = await sandbox.run(invocation, 60, (seconds) => waits.push(seconds));
    expect(payloadOf(outcome)).toBe("late");
    expect(waits).toEqual([40]);
  });

  it("refuses a module that imports anything but Node's own", async () => {
    expect(
      await invoke(sandboxOf('import { parse } from "yaml"; export const handler = parse;')),
    ).toMatchObject({
      kind: "failed",
      error: {
        errorMessage:
          'A bundle must import nothing but Node\'s own modules, got import { parse } from "yaml".',
      },
    });
  });
});
