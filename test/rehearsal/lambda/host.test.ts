import { afterEach, describe, expect, it } from "vitest";
import { plusSeconds, secondsBetween } from "../../../runtime/core/instant.js";
import { archiveSignature, assetSignature } from "../../../runtime/rehearsal/lambda/archive.js";
import {
  createLambdaHost,
  type InvocationRecord,
  type LambdaHost,
  type LambdaHostSettings,
} from "../../../runtime/rehearsal/lambda/host.js";
import type { HostedFunction } from "../../../runtime/rehearsal/lambda/hosted-function.js";
import {
  createVirtualClock,
  defaultStart,
  runUntilSettled,
} from "../../../runtime/rehearsal/virtual-clock.js";

const signatureKey = "4dabf18193072939515e22adb298388d";

function archiveOf(files: Record<string, string>): unknown {
  const assets = Object.entries(files).map(([name, text]) => [
    name,
    { [signatureKey]: assetSignature, text },
  ]);
  return { [signatureKey]: archiveSignature, assets: Object.fromEntries(assets) };
}

const arn = "arn:aws:lambda:us-east-1:777788889999:function:probe";

function probe(code: string, more: Partial<HostedFunction> = {}): HostedFunction {
  return {
    arn,
    name: "probe",
    account: "777788889999",
    region: "us-east-1",
    roleArn: "arn:aws:iam::777788889999:role/probe",
    handler: "index.handler",
    runtime: "nodejs22.x",
    memoryMib: 64,
    timeoutSeconds: 3,
    variables: { COLOUR: "green" },
    code: archiveOf({ "index.mjs": code }),
    ...more,
  };
}

const open: LambdaHost[] = [];

function hostOf(fn: HostedFunction, more: Partial<LambdaHostSettings> = {}) {
  const clock = more.clock ?? createVirtualClock();
  const records: InvocationRecord[] = [];
  const host = createLambdaHost({
    functions: [fn],
    clock,
    gatewayUrl: "http://127.0.0.1:9",
    credentialsFor: (_roleArn, _session, now) => ({
      accessKeyId: "ASIAPROBE",
      secretAccessKey: "secret",
      sessionToken: `issued ${now}`,
      expiresAt: plusSeconds(now, 3600),
    }),
    programFolder: "/",
    seed: 1,
    onInvocation: (record) => records.push(record),
    ...more,
  });
  open.push(host);
  return { host, clock, records };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((host) => host.close()));
});

describe("lambda host", () => {
  it("gives a function its event, its context and the virtual time", async () => {
    const { host } = hostOf(
      probe(`export const handler = async (event, context) => ({
        event, name: context.functionName, arn: context.invokedFunctionArn,
        hasTime: context.getRemainingTimeInMillis() > 2000,
        now: Date.now(), made: new Date().toISOString(), isDate: new Date() instanceof Date,
        given: new Date(0).getTime(), text: typeof Date(),
      });`),
    );
    expect(await host.invoke(arn, { n: 1 })).toEqual({
      ok: true,
      payload: {
        event: { n: 1 },
        name: "probe",
        arn,
        hasTime: true,
        now: defaultStart,
        made: "2026-01-24T02:00:00.000Z",
        isDate: true,
        given: 0,
        text: "string",
      },
    });
  });

  it("stays warm, and sees the clock move between two events", async () => {
    const { host, clock, records } = hostOf(
      probe("let n = 0; export const handler = async () => [++n, Date.now()];"),
    );
    await host.invoke(arn, {});
    clock.at(plusSeconds(defaultStart, 20), () => undefined);
    await clock.run(() => clock.now() > defaultStart, "20 s");
    expect(await host.invoke(arn, {})).toEqual({ ok: true, payload: [2, defaultStart + 20_000] });
    expect(records.map(({ isCold }) => isCold)).toEqual([true, false]);
  });

  it("lets nothing of this machine's environment in", async () => {
    const { host } = hostOf(probe("export const handler = async () => process.env;"));
    const result = await host.invoke(arn, {});
    const environment = result.ok ? Object(result.payload) : {};
    expect(environment).toMatchObject({
      COLOUR: "green",
      AWS_REGION: "us-east-1",
      AWS_LAMBDA_FUNCTION_NAME: "probe",
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
      AWS_SESSION_TOKEN: `issued ${defaultStart}`,
      _HANDLER: "index.handler",
    });
    const own = ["HOME", "USER", "NODE_ENV", "VITEST", "PWD", "SHELL"];
    expect(Object.keys(environment).filter((name) => own.includes(name))).toEqual([]);
  });

  it("replaces a sandbox before its credentials end", async () => {
    const { host, clock, records } = hostOf(
      probe("export const handler = async () => process.env.AWS_SESSION_TOKEN;"),
    );
    await host.invoke(arn, {});
    clock.at(plusSeconds(defaultStart, 2700), () => undefined);
    await clock.run(() => clock.now() > defaultStart, "45 minutes");
    const later = defaultStart + 2_700_000;
    expect(await host.invoke(arn, {})).toEqual({ ok: true, payload: `issued ${later}` });
    expect(records.map(({ isCold }) => isCold)).toEqual([true, true]);
  });

  it("reports what a function throws, with the name of the error and Lambda's paths", async () => {
    const { host } = hostOf(
      probe(`class Refused extends Error { name = "plan-locked"; }
      export const handler = async () => { throw new Refused("held by x-1"); };`),
    );
    const result = await host.invoke(arn, {});
    expect(result).toMatchObject({ ok: false, error: "plan-locked" });
    const cause = JSON.parse(result.ok ? "{}" : result.cause);
    expect(cause).toMatchObject({ errorType: "plan-locked", errorMessage: "held by x-1" });
    expect(cause.trace[1]).toContain("file:///var/task/index.mjs");
  });

  it("reports a handler that is missing, and code that cannot be loaded", async () => {
    const missing = hostOf(probe("export const other = 1;"));
    const missingResult = await missing.host.invoke(arn, {});
    expect(missingResult).toMatchObject({ ok: false, error: "Runtime.HandlerNotFound" });
    const broken = hostOf(probe('import "./absent.mjs"; export const handler = () => 1;'));
    const brokenResult = await broken.host.invoke(arn, {});
    expect(brokenResult).toMatchObject({ ok: false, error: "Runtime.ImportModuleError" });
  });

  it("kills what overstays its time-out, busy or waiting, and starts afresh", async () => {
    const { host, records } = hostOf(
      probe(
        `export const handler = async (event) => {
          if (event === "busy") for (;;) {}
          if (event === "waiting") await new Promise(() => {});
          return "well";
        };`,
        { timeoutSeconds: 0.2 },
      ),
      { realTimeFactor: 3 },
    );
    const timedOut = { ok: false, error: "Sandbox.Timedout" };
    expect(await host.invoke(arn, "busy")).toMatchObject(timedOut);
    expect(await host.invoke(arn, "waiting")).toMatchObject(timedOut);
    expect(await host.invoke(arn, "now")).toEqual({ ok: true, payload: "well" });
    expect(records.map(({ error }) => error?.errorMessage)).toEqual([
      "RequestId: 00000000-0000-4000-8000-000000000001 Error: Task timed out after 0.20 seconds",
      "RequestId: 00000000-0000-4000-8000-000000000002 Error: Task timed out after 0.20 seconds",
      undefined,
    ]);
  });

  it("reports exits, lost promises and exhausted memory as Lambda names them", async () => {
    const { host } = hostOf(
      probe(`export const handler = async (event) => {
        if (event === "exit") process.exit(3);
        if (event === "lost") { Promise.reject(new Error("lost")); await new Promise((r) => setTimeout(r, 500)); }
        const kept = []; for (;;) kept.push(Array.from({ length: 100000 }, (_, i) => ({ i })));
      };`),
      { realTimeFactor: 20 },
    );
    const errorOf = async (event: string): Promise<string> => {
      const result = await host.invoke(arn, event);
      return result.ok ? "none" : result.error;
    };
    expect(await errorOf("exit")).toBe("Runtime.ExitError");
    expect(await errorOf("lost")).toBe("Runtime.UnhandledPromiseRejection");
    expect(await errorOf("memory")).toBe("Runtime.OutOfMemory");
  });

  it("keeps what a function prints with the event that printed it", async () => {
    const { host, records } = hostOf(
      probe("export const handler = async (e) => { console.log('saw', e); console.error('x'); };"),
    );
    await host.invoke(arn, 1);
    await host.invoke(arn, 2);
    expect(records.map(({ lines }) => lines)).toEqual([
      ["saw 1", "x"],
      ["saw 2", "x"],
    ]);
  });

  it("runs events one after the other, in the order they came", async () => {
    const { host, clock } = hostOf(
      probe(`let inside = 0; export const handler = async (n) => {
        inside += 1; await new Promise((r) => setTimeout(r, 20)); const seen = inside; inside -= 1;
        return [n, seen];
      };`),
    );
    const answers = Promise.all([1, 2, 3].map((n) => host.invoke(arn, n)));
    const results = await runUntilSettled(clock, answers, "three answers");
    expect(results.map((result) => result.ok && result.payload)).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
  });

  it("lets the time that a handler sleeps pass on the virtual clock before its answer is told", async () => {
    const { host, clock } = hostOf(
      probe(`export const handler = async (_, context) => {
        const before = context.getRemainingTimeInMillis();
        await new Promise((r) => setTimeout(r, 800));
        await new Promise((r) => setTimeout(r, 700));
        return before - context.getRemainingTimeInMillis() >= 1_500;
      };`),
    );
    const answer = await runUntilSettled(clock, host.invoke(arn, {}), "the answer");
    expect(answer).toEqual({ ok: true, payload: true });
    expect(secondsBetween(defaultStart, clock.now())).toBe(2);
  });

  it("ends a handler that sleeps beyond its time-out when its time is up", async () => {
    const { host, clock } = hostOf(
      probe("export const handler = () => new Promise((r) => setTimeout(r, 60_000));"),
    );
    const answer = await runUntilSettled(clock, host.invoke(arn, {}), "the answer");
    expect(answer).toMatchObject({ ok: false, error: "Sandbox.Timedout" });
    expect(secondsBetween(defaultStart, clock.now())).toBe(3);
  });

  it("ends the sandbox of the invocation that runs, when told to, as Lambda would report it", async () => {
    const never = "export const handler = () => new Promise(() => {});";
    for (const [how, error, seconds] of [
      ["exit", "Runtime.ExitError", 0],
      ["time-out", "Sandbox.Timedout", 3],
    ] as const) {
      const { host, clock } = hostOf(probe(never));
      const answer = host.invoke(arn, {});
      await host.running()?.end(how);
      expect(await runUntilSettled(clock, answer, "the answer")).toMatchObject({
        ok: false,
        error,
      });
      expect(secondsBetween(defaultStart, clock.now())).toBe(seconds);
      expect(host.running()).toBeUndefined();
    }
  });

  it("counts waits for different things side by side, and those for one thing one after the other", async () => {
    const { host, clock } = hostOf(
      probe("export const handler = () => new Promise((r) => setTimeout(r, 1));"),
    );
    const answer = host.invoke(arn, {});
    for (const lane of ["a", "b", "a"]) await host.running()?.spend(lane, 1);
    expect(await runUntilSettled(clock, answer, "the answer")).toMatchObject({ ok: true });
    expect(secondsBetween(defaultStart, clock.now())).toBe(2);
  });

  it("throttles what exceeds the reserved concurrency at one moment", async () => {
    const { host } = hostOf(
      probe("export const handler = async () => 1;", { reservedConcurrency: 2 }),
    );
    const results = await Promise.all([1, 2, 3].map(() => host.invoke(arn, {})));
    expect(results.map((result) => (result.ok ? "answered" : result.error))).toEqual([
      "answered",
      "answered",
      "Lambda.TooManyRequestsException",
    ]);
  });

  it("repeats random numbers and ids with the seed", async () => {
    const code = `import { randomUUID } from "node:crypto";
      export const handler = async () => [Math.random(), randomUUID(), crypto.randomUUID()];`;
    const values = async (seed: number): Promise<unknown> => {
      const { host } = hostOf(probe(code), { seed });
      return [await host.invoke(arn, {}), await host.invoke(arn, {})];
    };
    const first = await values(1);
    expect(await values(1)).toEqual(first);
    expect(await values(2)).not.toEqual(first);
    expect(JSON.stringify(first)).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-/);
  });

  it("answers for a function that does not exist", async () => {
    const { host } = hostOf(probe("export const handler = async () => 1;"));
    expect(await host.invoke(`${arn}-other`, {})).toEqual({
      ok: false,
      error: "Lambda.ResourceNotFoundException",
      cause: `Function not found: ${arn}-other`,
    });
  });
});
