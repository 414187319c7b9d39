import { beforeAll, describe, expect, it } from "vitest";
import type { RehearsalDocument } from "../../runtime/rehearsal/document.js";
import { archiveSignature, assetSignature } from "../../runtime/rehearsal/lambda/archive.js";
import {
  type RehearsalProgress,
  type RehearsalSettings,
  rehearse,
} from "../../runtime/rehearsal/rehearse.js";
import type { World } from "../../runtime/rehearsal/world.js";
import { changed, example } from "./rehearsed-example.js";

let six: RehearsalSettings;
let drill: RehearsalDocument;
let sent: World["sent"] = [];
const progress: RehearsalProgress[] = [];

beforeAll(async () => {
  six = await example("six-servers");
  const onWorld = ({ sent: calls }: World): void => {
    sent = calls;
  };
  drill = await rehearse({ ...six, onWorld, onProgress: (step) => progress.push(step) });
});

const withoutWall = ({ wallSeconds, ...document }: RehearsalDocument) => {
  expect(wallSeconds).toBeGreaterThan(0);
  return document;
};

describe("a rehearsed drill", () => {
  it("launches every server wave by wave, cleans up, and breaks no invariant", () => {
    expect(drill).toMatchObject({ outcome: "recovered", brokenInvariants: [], conflicts: 0 });
    expect(drill).not.toHaveProperty("cause");
    expect(drill.servers).toEqual({ total: 6, launched: 6, failed: 0, skipped: 0, terminated: 6 });
    const [database, app, web] = drill.waves;
    expect(app?.startedAtSeconds).toBeGreaterThanOrEqual(database?.endedAtSeconds ?? Infinity);
    expect(web?.startedAtSeconds).toBeGreaterThanOrEqual(app?.endedAtSeconds ?? Infinity);
    expect(drill.jobTraces.map(({ kind }) => kind)).toEqual([
      "launch",
      "launch",
      "launch",
      "terminate",
    ]);
  });

  it("sends each call that changes the lane for a batch that the journal holds", () => {
    const lane = drill.jobTraces[0]?.lane;
    expect(sent.map(({ operation, batch }) => [operation, batch])).toEqual([
      ["StartRecovery", `rehearsal-1 ${lane}#1`],
      ["StartRecovery", `rehearsal-1 ${lane}#2`],
      ["StartRecovery", `rehearsal-1 ${lane}#3`],
      ["TerminateRecoveryInstances", `rehearsal-1 ${lane}#4`],
    ]);
  });

  it("sees each gate within 20 seconds of its opening", () => {
    const gates = drill.waves.length - 1;
    expect(drill.lowerBoundSeconds).toBeGreaterThan(1_000);
    expect(drill.makespanSeconds - drill.lowerBoundSeconds).toBeLessThanOrEqual(20 * gates);
  });

  it("repeats with its seed, and differs with another", async () => {
    const [again, other] = [await rehearse(six), await rehearse({ ...six, seed: 2 })];
    expect(withoutWall(again)).toEqual(withoutWall(drill));
    expect(other.outcome).toBe("recovered");
    expect(other.makespanSeconds).not.toBe(drill.makespanSeconds);
  });

  it("tells how it comes along", () => {
    const launched = progress.map(({ lanes }) => lanes[0]?.launched ?? 0);
    expect(launched).toEqual(launched.toSorted((a, b) => a - b));
    expect(launched.at(-1)).toBe(6);
    expect(progress.at(-1)?.waves.map(({ state }) => state)).toEqual(["done", "done", "done"]);
  });

  it("keeps its instances where the drill is not cleaned up", async () => {
    const kept = await rehearse({ ...six, cleanUp: false });
    expect(kept).toMatchObject({ outcome: "recovered", brokenInvariants: [] });
    expect(kept.servers).toMatchObject({ launched: 6, terminated: 0 });
  });
});

describe("a rehearsed recovery", () => {
  it("launches every server for good", async () => {
    const recovery = await rehearse({ ...six, kind: "recovery" });
    expect(recovery).toMatchObject({ outcome: "recovered", brokenInvariants: [] });
    expect(recovery.servers).toMatchObject({ launched: 6, terminated: 0 });
  });
});

describe("a rehearsal among strangers", () => {
  const among = (kind: "drill" | "recovery" | "terminate") =>
    rehearse({ ...six, strangers: { servers: 2, kind } });

  it("takes over servers that a stranger's drill launches, and leaves their instances", async () => {
    const document = await among("drill");
    expect(document).toMatchObject({ outcome: "recovered", brokenInvariants: [], conflicts: 0 });
    expect(document.servers).toMatchObject({ launched: 6, terminated: 4 });
    expect(document.heldBack).toEqual({ busy: 2 });
  });

  it("does not touch servers that a stranger recovers", async () => {
    const document = await among("recovery");
    expect(document).toMatchObject({ outcome: "recovered", brokenInvariants: [] });
    expect(document.servers).toMatchObject({ launched: 4, skipped: 2, terminated: 4 });
    const skipped = document.serverTraces.find(({ outcome }) => outcome === "skipped");
    expect(skipped?.reason).toMatch(/^under recovery by job drsjob-/);
    expect(skipped).not.toHaveProperty("launchedAtSeconds");
  });

  it("waits for servers whose drill instances a stranger is ending", async () => {
    const document = await among("terminate");
    expect(document).toMatchObject({ outcome: "recovered", brokenInvariants: [], conflicts: 0 });
    expect(document.servers).toMatchObject({ launched: 6, terminated: 6 });
    expect(document.jobTraces[0]).toMatchObject({ kind: "terminate", startedBy: "stranger" });
    expect(document.makespanSeconds).toBeGreaterThan(drill.makespanSeconds);
  });
});

describe("a rehearsal in which something is wrong", () => {
  it("skips what depends on servers that fail, and says why", async () => {
    const [first] = drill.serverTraces;
    const document = await rehearse({
      ...six,
      onWorld: ({ drs }) => drs.failServer(first?.server ?? "", "launch"),
    });
    expect(document).toMatchObject({ outcome: "recovered-with-failures", brokenInvariants: [] });
    expect(document.servers).toMatchObject({ launched: 1, failed: 1, skipped: 4 });
    const skipped = document.serverTraces.find(({ outcome }) => outcome === "skipped");
    expect(skipped?.reason).toContain('wave "database", on which it depends, failed');
  });

  it("fails when a role lacks a right, and names role, action and resource", async () => {
    const document = await rehearse(
      changed(six, ({ type, inputs }) =>
        type === "aws:iam/rolePolicy:RolePolicy"
          ? { policy: String(inputs.policy).replaceAll("drs:StartRecovery", "drs:StopFailback") }
          : undefined,
      ),
    );
    expect(document.outcome).toBe("failed");
    expect(document.cause).toMatch(
      /^IAM denied drs:StartRecovery on arn:aws:drs:us-east-1:555566667777:source-server\/s-.* to arn:aws:iam::555566667777:role\/dr-six-servers-spoke-recovery: /,
    );
  });

  it("fails when a spoke does not trust the hub, and names the role that asked", async () => {
    const document = await rehearse(
      changed(six, ({ inputs }) =>
        String(inputs.name).endsWith("-spoke-recovery")
          ? {
              assumeRolePolicy: String(inputs.assumeRolePolicy).replaceAll(
                "six-servers-execution",
                "six-servers-query",
              ),
            }
          : undefined,
      ),
    );
    expect(document.outcome).toBe("failed");
    expect(document.cause).toMatch(
      /^IAM denied sts:AssumeRole on arn:aws:iam::555566667777:role\/dr-six-servers-spoke-recovery to arn:aws:iam::777788889999:role\/dr-six-servers-execution: /,
    );
  });

  it("fails when a function lacks a variable, and names the variable", async () => {
    const document = await rehearse(
      changed(six, ({ type, inputs }) => {
        if (type !== "aws:lambda/function:Function") return undefined;
        const { variables } = inputs.environment as { variables: Record<string, string> };
        const { PLANS_TABLE: _, ...rest } = variables;
        return { environment: { variables: rest } };
      }),
    );
    expect(document.outcome).toBe("failed");
    expect(document.cause).toContain("The environment variable PLANS_TABLE must be set.");
  });

  it("fails when a machine lacks a state, and names the state", async () => {
    const without = (definition: string) => {
      const machine = JSON.parse(definition) as { States: Record<string, unknown> };
      const { Finish: _, ...States } = machine.States;
      return JSON.stringify({ ...machine, States });
    };
    const lacking = changed(six, ({ type, inputs }) =>
      type === "aws:sfn/stateMachine:StateMachine"
        ? { definition: without(String(inputs.definition)) }
        : undefined,
    );
    await expect(rehearse(lacking)).rejects.toThrow(/Finish/);
  });

  it("fails when a function throws, and says what", async () => {
    const text = 'export const handler = async () => { throw new TypeError("broken bundle"); };';
    const signature = "4dabf18193072939515e22adb298388d";
    const code = {
      [signature]: archiveSignature,
      assets: { "index.mjs": { [signature]: assetSignature, text } },
    };
    const document = await rehearse(
      changed(six, ({ type }) => (type === "aws:lambda/function:Function" ? { code } : undefined)),
    );
    expect(document.outcome).toBe("failed");
    expect(document.cause).toBe(
      "function dr-six-servers-execution (start) threw TypeError: broken bundle",
    );
    expect(document.brokenInvariants).toHaveLength(6);
  });

  it("cannot rehearse a plan that the program does not deploy", async () => {
    await expect(rehearse({ ...six, plan: "other" })).rejects.toThrow(
      'plan must be one that the program deploys (shop), got "other".',
    );
  });
});

describe("a thousand servers in four lanes", () => {
  it("are drilled within 5 % of what no orchestrator can beat, four lanes at once", async () => {
    const document = await rehearse(await example("thousand-servers"));
    expect(document).toMatchObject({ outcome: "recovered", brokenInvariants: [], conflicts: 0 });
    expect(document.servers).toMatchObject({ total: 1000, launched: 1000, terminated: 1000 });
    expect(document.jobs).toBe(12);
    expect(document.makespanSeconds).toBeLessThan(document.lowerBoundSeconds * 1.05);
    for (const lane of document.lanes) expect(lane.peakServersInFlight).toBeLessThanOrEqual(500);
  });
});
