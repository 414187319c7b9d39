import { DescribeJobsCommand } from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import { kindsElsewhere } from "../../../runtime/rehearsal/emulator/fault-checks.js";
import { builtInProfiles } from "../../../runtime/rehearsal/faults/built-in.js";
import type { WrittenFault } from "../../../runtime/rehearsal/faults/profile.js";
import {
  account,
  type EmulatorBench,
  messagesOf,
  post,
  region,
  serverId,
  start,
  startEmulatorBench,
} from "./bench.js";

const startRecovery = { service: "drs", operation: "StartRecovery" } as const;

/** An emulator with these faults in force. */
async function under(...faults: readonly WrittenFault[]): Promise<EmulatorBench> {
  const bench = await startEmulatorBench();
  const { status } = await bench.control("POST /faults", { faults });
  expect(status).toBe(200);
  return bench;
}

/** How often each fault in force fell. */
async function fallen(bench: EmulatorBench): Promise<readonly unknown[]> {
  const { document } = await bench.control("GET /faults");
  return (document.faults as readonly { fallen: number }[]).map((fault) => fault.fallen);
}

async function jobsSeen(bench: EmulatorBench): Promise<number> {
  const { items = [] } = await bench.drs().send(new DescribeJobsCommand({}));
  return items.length;
}

/** Requests of one operation of each service, as they stand on the wire. */
const requests = {
  drs: ["{}", { "content-type": "application/json" }, "/DescribeJobs"],
  ec2: ["Action=DescribeInstances", { "content-type": "application/x-www-form-urlencoded" }, "/"],
  servicequotas: [
    '{"ServiceCode":"drs"}',
    { "x-amz-target": "ServiceQuotasV20190624.ListServiceQuotas" },
    "/",
  ],
  sns: ["Action=Publish&Message=any", { "content-type": "application/x-www-form-urlencoded" }, "/"],
  ssm: ["{}", { "x-amz-target": "AmazonSSM.DescribeAutomationExecutions" }, "/"],
  sts: ["Action=GetCallerIdentity", { "content-type": "application/x-www-form-urlencoded" }, "/"],
} as const;

type Service = keyof typeof requests;

function ask(bench: EmulatorBench, service: Service) {
  const [body, headers, path] = requests[service];
  return post(bench, service, body, headers, path);
}

describe("faults of calls", () => {
  it("meet as many calls as they say, in the lane that they name, and are told with how often", async () => {
    const bench = await startEmulatorBench();
    const faults = [
      { kind: "throttling", calls: startRecovery, atMost: 2, retryAfterSeconds: 7 },
      { kind: "internal-error", calls: { region: "us-east-1" } },
    ];
    const ordered = await bench.control("POST /faults", { faults });
    expect(ordered.document).toEqual({
      schemaVersion: 1,
      faults: [
        { ...faults[0], fallen: 0 },
        { ...faults[1], when: "before", fallen: 0 },
      ],
      launches: [],
    });
    const throttled = { name: "ThrottlingException", retryAfterSeconds: "7" };
    await expect(start(bench, 1)).rejects.toMatchObject(throttled);
    await expect(start(bench, 1)).rejects.toMatchObject(throttled);
    expect((await start(bench, 1)).job?.status).toBe("PENDING");
    expect(await fallen(bench)).toEqual([2, 0]);
  });

  it.each<[Service, throttled: readonly [number, string], failed: readonly [number, string]]>([
    ["drs", [429, "ThrottlingException"], [500, "InternalServerException"]],
    ["ec2", [503, "RequestLimitExceeded"], [500, "InternalError"]],
    ["servicequotas", [400, "TooManyRequestsException"], [500, "ServiceException"]],
    ["sns", [429, "Throttled"], [500, "InternalError"]],
    ["ssm", [400, "ThrottlingException"], [500, "InternalServerError"]],
    ["sts", [400, "Throttling"], [500, "InternalFailure"]],
  ])("speak as %s does", async (service, throttled, failed) => {
    const bench = await under(
      { kind: "throttling", calls: { service }, nth: [1] },
      { kind: "internal-error", calls: { service }, nth: [1] },
      { kind: "expired-token", calls: { service }, nth: [1] },
      { kind: "lost-call", calls: { service }, nth: [1] },
    );
    for (const [status, code] of [throttled, failed]) {
      expect(await ask(bench, service)).toMatchObject({
        status,
        text: expect.stringMatching(service === "drs" ? /Rate exceeded|Internal/ : code),
      });
    }
    expect((await ask(bench, service)).text).toMatch(/expired/);
    await expect(ask(bench, service)).rejects.toThrow();
    const { document } = await bench.control("GET /calls");
    expect(document.calls).toMatchObject([
      { service, status: throttled[0], error: throttled[1] },
      { service, status: failed[0], error: failed[1] },
      { service, error: expect.stringMatching(/^ExpiredToken/) },
      { service, status: 0, error: "ReplyLost" },
    ]);
  });

  it("can lose the reply of a call that took effect, and hide its job", async () => {
    const bench = await under(
      { kind: "lost-reply", calls: startRecovery, nth: [1] },
      { kind: "hidden-job", seconds: 5 },
    );
    await expect(start(bench, 1)).rejects.toMatchObject({ code: "ECONNRESET" });
    await start(bench, 2);
    expect(await jobsSeen(bench)).toBe(0);
    expect(await fallen(bench)).toEqual([1, 2]);
    await bench.control("POST /clock", { advanceSeconds: 5 });
    expect(await jobsSeen(bench)).toBe(2);
  });

  it("can let a call arrive when nobody waits for it any more", async () => {
    const bench = await under({ kind: "late-call", calls: startRecovery, afterSeconds: 140 });
    await expect(start(bench, 1)).rejects.toMatchObject({ code: "ECONNRESET" });
    await bench.control("POST /clock", { advanceSeconds: 139 });
    expect(await jobsSeen(bench)).toBe(0);
    await bench.control("POST /clock", { advanceSeconds: 1 });
    expect(await jobsSeen(bench)).toBe(1);
  });

  it("can answer from the past, as far back as to their order", async () => {
    const bench = await under({ kind: "stale-read", nth: [2], seconds: 20 });
    await bench.control("POST /clock", { advanceSeconds: 60 });
    await start(bench, 1);
    await bench.control("POST /clock", { advanceSeconds: 10 });
    expect(await jobsSeen(bench)).toBe(1);
    expect(await jobsSeen(bench)).toBe(0);
    expect(await jobsSeen(bench)).toBe(1);
  });

  it("can set the clock of DRS apart from all others", async () => {
    const bench = await under({ kind: "clock-skew", region, seconds: 120 });
    const { job } = await start(bench, 1);
    expect(job?.creationDateTime).toMatch(/^2026-01-24T02:02:00/);
    expect(await fallen(bench)).toEqual([1]);
  });

  it("can let the calls of a lane hang until their time is up, or refuse them", async () => {
    const bench = await under(
      { kind: "dark-lane", account, region, forSeconds: 10 },
      { kind: "dark-lane", fromSeconds: 10, forSeconds: 30, how: "refuses" },
    );
    let isBroken = false;
    const hanging = start(bench, 1).catch((error) => {
      isBroken = true;
      throw error;
    });
    const broken = expect(hanging).rejects.toMatchObject({ code: "ECONNRESET" });
    await expect.poll(() => fallen(bench)).toEqual([1, 0]);
    await bench.control("POST /clock", { advanceSeconds: 29 });
    await expect(start(bench, 1)).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(isBroken).toBe(false);
    expect((await ask(bench, "sts")).status).toBe(200);
    await bench.control("POST /clock", { advanceSeconds: 1 });
    await broken;
    await bench.control("POST /clock", { advanceSeconds: 10 });
    expect((await start(bench, 1)).job).toBeDefined();
  });

  it("can deny the credentials of an account", async () => {
    const bench = await under({ kind: "refused-credentials", account: "444455556666" });
    const assume = (of: string) => {
      const role = encodeURIComponent(`arn:aws:iam::${of}:role/dr`);
      const body = `Action=AssumeRole&RoleSessionName=test&RoleArn=${role}`;
      return post(bench, "sts", body, requests.sts[1]);
    };
    expect((await assume(account)).status).toBe(200);
    expect(await assume("444455556666")).toMatchObject({
      status: 403,
      text: expect.stringContaining("explicit deny in a service control policy"),
    });
  });

  it("count their window and their calls from their order on", async () => {
    const bench = await startEmulatorBench();
    await bench.control("POST /clock", { advanceSeconds: 1_000 });
    await jobsSeen(bench);
    const fault = { kind: "throttling", nth: [1, 3], fromSeconds: 10, forSeconds: 20 };
    await bench.control("POST /faults", { faults: [fault] });
    await jobsSeen(bench);
    await bench.control("POST /clock", { advanceSeconds: 10 });
    await expect(jobsSeen(bench)).rejects.toThrow("Rate exceeded");
    await jobsSeen(bench);
    await expect(jobsSeen(bench)).rejects.toThrow("Rate exceeded");
    await bench.control("POST /clock", { advanceSeconds: 20 });
    await jobsSeen(bench);
    expect(await fallen(bench)).toEqual([2]);
  });

  it("fall on a share of calls by seed, also of equal ones at a moment that stands", async () => {
    const outcomes = async (seed: number): Promise<string> => {
      const bench = await startEmulatorBench({ seed });
      await bench.control("POST /faults", { faults: [{ kind: "throttling", percent: 50 }] });
      let all = "";
      for (let call = 0; call < 40; call += 1) {
        all += await jobsSeen(bench).then(
          () => ".",
          () => "x",
        );
      }
      return all;
    };
    const first = await outcomes(1);
    expect(first.replaceAll(".", "").length).toBeGreaterThan(10);
    expect(first.replaceAll("x", "").length).toBeGreaterThan(10);
    expect(await outcomes(1)).toBe(first);
    expect(await outcomes(2)).not.toBe(first);
  });

  it("come as a whole profile, too", async () => {
    const bench = await startEmulatorBench();
    const { calm } = builtInProfiles;
    const faults = calm?.faults.filter(({ kind }) => kind !== "duplicate-event");
    const { status, document } = await bench.control("POST /faults", { ...calm, faults });
    expect(status).toBe(200);
    expect(document.faults).toEqual(faults?.map((fault) => ({ ...fault, fallen: 0 })));
  });
});

describe("failures of launches", () => {
  it("fail them in their phase", async () => {
    const bench = await startEmulatorBench();
    const launches = [{ server: serverId(1), phase: "conversion" }];
    const ordered = await bench.control("POST /faults", { launches });
    expect(ordered.document.launches).toEqual([
      { server: serverId(1), phase: "conversion", timesLeft: 1 },
    ]);
    await start(bench, 1, 2);
    await bench.control("POST /clock", { advanceSeconds: 900 });
    const { items = [] } = await bench.drs().send(new DescribeJobsCommand({}));
    expect(items[0]?.participatingServers?.map(({ launchStatus }) => launchStatus)).toEqual([
      "FAILED",
      "LAUNCHED",
    ]);
    expect((await bench.control("GET /faults")).document.launches).toEqual([]);
  });
});

describe("faults and failures", () => {
  it("are all taken back at once", async () => {
    const bench = await startEmulatorBench();
    await bench.control("POST /faults", {
      faults: [{ kind: "throttling", calls: startRecovery }],
      launches: [{ server: serverId(1), phase: "launch" }],
    });
    const { document } = await bench.control("DELETE /faults");
    expect(document).toEqual({ schemaVersion: 1, faults: [], launches: [] });
    expect((await start(bench, 1)).job).toBeDefined();
  });

  it("that cannot be are refused, all at once, and none is ordered", async () => {
    const bench = await startEmulatorBench();
    const wrongForm = await bench.control("POST /faults", {
      faults: [{ kind: "explode" }, { kind: "hidden-job", seconds: 61, atMost: 0 }],
    });
    expect(messagesOf(wrongForm.document)).toMatchInlineSnapshot(`
      [
        "faults[0].kind must be one of throttling, internal-error, lost-reply, lost-call, late-call, death, time-out, expired-token, refused-credentials, stale-read, hidden-job, dark-lane, clock-skew, lost-event, duplicate-event, late-event, stranger or restarted-machine, got "explode". Choose one of these.",
        "faults[1].atMost must be a whole number, 1 to 1000000 times, got 0. Choose one within these bounds.",
        "faults[1].seconds must be a whole number, 1 to 60 seconds, got 61. Choose one within these bounds.",
      ]
    `);
    const { status, document } = await bench.control("POST /faults", {
      faults: [
        { kind: "lost-call" },
        { kind: "throttling", calls: { service: "dynamodb" } },
        { kind: "throttling", calls: { service: "drs", operation: "StartRecover" } },
        { kind: "hidden-job", calls: { service: "sns", operation: "DescribeJobs" }, seconds: 5 },
        { kind: "stale-read", calls: { operation: "StartRecovery" }, seconds: 5 },
      ],
      launches: [{ server: serverId(77), phase: "launch" }],
    });
    expect(status).toBe(400);
    expect(messagesOf(document)).toMatchInlineSnapshot(`
      [
        "faults[1].calls.service must be a service that is emulated here: drs, ec2, servicequotas, sns, ssm or sts, got "dynamodb". Choose one of them.",
        "faults[2].calls.operation must be an emulated operation of DRS, got "StartRecover". Write "StartRecovery".",
        "faults[3].calls.service must be "drs" for a fault of kind "hidden-job", got "sns". Leave it out.",
        "faults[3].calls.operation must be one that starts a job, got "DescribeJobs". Choose StartRecovery or TerminateRecoveryInstances.",
        "faults[4].calls.operation must be one that describes something, got "StartRecovery". Choose DescribeJobs.",
        "launches[0].server must be the id of a server of the fleet, got "s-00000000000000077". GET /_dr/fleet lists them.",
      ]
    `);
    expect((await bench.control("GET /faults")).document).toMatchObject({
      faults: [],
      launches: [],
    });
  });

  it("that need a function or a state machine are refused, with what to do instead", async () => {
    const bench = await startEmulatorBench();
    const faults: readonly WrittenFault[] = [
      { kind: "death", when: "before" },
      { kind: "time-out", when: "after" },
      { kind: "lost-event", when: "after" },
      { kind: "duplicate-event" },
      { kind: "late-event", afterSeconds: 1 },
      { kind: "stranger", atSeconds: 1, does: "drill", servers: 1 },
      { kind: "restarted-machine", atSeconds: 1, machine: "plan", how: "stopped" },
    ];
    expect(faults.map(({ kind }) => kind)).toEqual(Object.keys(kindsElsewhere));
    const { status, document } = await bench.control("POST /faults", { faults });
    expect(status).toBe(400);
    expect(messagesOf(document)).toMatchInlineSnapshot(`
      [
        "faults[0].kind must be one that meets calls of clients, got "death". No function runs here: lost-call and lost-reply break the connection of whoever calls.",
        "faults[1].kind must be one that meets calls of clients, got "time-out". No function runs here: dark-lane lets calls of clients hang.",
        "faults[2].kind must be one that meets calls of clients, got "lost-event". No state machine runs here. Rehearse the deployment with it: aws-dr rehearse --faults.",
        "faults[3].kind must be one that meets calls of clients, got "duplicate-event". No state machine runs here. Rehearse the deployment with it: aws-dr rehearse --faults.",
        "faults[4].kind must be one that meets calls of clients, got "late-event". No state machine runs here. Rehearse the deployment with it: aws-dr rehearse --faults.",
        "faults[5].kind must be one that meets calls of clients, got "stranger". Send POST /_dr/strangers at the moment when somebody else should act.",
        "faults[6].kind must be one that meets calls of clients, got "restarted-machine". No state machine runs here. Rehearse the deployment with it: aws-dr rehearse --faults.",
      ]
    `);
  });
});
