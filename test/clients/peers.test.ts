import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import type { RegisteredResource } from "../../runtime/rehearsal/program/registered.js";
import { account, region, startEmulatorBench } from "../rehearsal/emulator/bench.js";
import { describeTier } from "../support/tier.js";
import { emulatedCommand } from "./command.js";
import { boto3, type Reached, runScript, scriptOf } from "./foreign.js";
import { tablesOf } from "./tables.js";

const fleetText = `
lanes:
  - account: "${account}"
    region: ${region}
    fleet:
      - { count: 1, tags: { App: shop, Tier: database } }
      - { count: 2, tags: { App: shop, Tier: web } }
`;

const role = `arn:aws:iam::${account}:role/peer`;

/** An emulator whose standing clock moves by each read, for clients that poll without waiting. */
async function emulator(): Promise<Reached> {
  const bench = await startEmulatorBench({
    fleetText,
    clock: { kind: "virtual", secondsPerRead: 30 },
  });
  return {
    access: () => ({
      endpoint: bench.emulator.url,
      region,
      credentials: { accessKeyId: account, secretAccessKey: "any", sessionToken: "any" },
    }),
    pass: async (seconds) => {
      await bench.control("POST /clock", { advanceSeconds: seconds });
    },
  };
}

const action = (DocumentName: string): object => ({
  StartAutomationExecution: { DocumentName, Parameters: {} },
  MaxWaitTime: 3_600,
  UpdateTime: 30,
});

/**
 * As many actions before as after: its function notes of an action after that it runs in the place
 * of one before, and fails where there was none.
 */
const wave = (tier: string): object => ({
  KeyName: "Tier",
  KeyValue: tier,
  MaxWaitTime: 86_400,
  UpdateTime: 30,
  PreWaveActions: [action("Approve")],
  PostWaveActions: [action("Check")],
});

/** What its state machine hands to the function of drs-plan-automation for one application. */
const peerInput = {
  action: "begin",
  execution: `arn:aws:states:${region}:${account}:execution:drs-plan-automation:1`,
  execution_details: {
    plan: 0,
    application: {
      AppId: "shop",
      AppName: "shop",
      AccountId: account,
      Region: region,
      KeyName: "App",
      KeyValue: "shop",
      SnsTopic: `arn:aws:sns:${region}:${account}:peer`,
      Plans: [
        {
          PlanId: "1",
          Waves: [wave("database"), wave("web")],
        },
      ],
    },
  },
  isdrill: true,
  topic_arn: `arn:aws:sns:${region}:${account}:peer`,
  user: "operator",
};

/** A table of drs-plan-automation, as its template declares it. */
function peerTable(name: string, hashKey: string): RegisteredResource {
  const keys = [hashKey, "ExecutionId"];
  return {
    urn: `urn:pulumi:dev::peer::aws:dynamodb/table:Table::${name}`,
    type: "aws:dynamodb/table:Table",
    name,
    custom: true,
    protect: false,
    ignoreChanges: [],
    dependencies: [],
    inputs: {
      name,
      hashKey,
      rangeKey: "ExecutionId",
      attributes: keys.map((key) => ({ name: key, type: "S" })),
    },
    outputs: {},
    id: name,
    account,
    region,
  };
}

describeTier("python", "orchestrators of others against the emulator", boto3(), (python) => {
  it("answers every call of a run of drs-plan-automation, but those to its own tables", async () => {
    const topic = `arn:aws:sns:${region}:${account}:peer`;
    const args = [role, topic];
    const action = ["Success", true];
    const wave = (count: number): object => ({
      before: action,
      recovery: [Array.from({ length: count }, () => "LAUNCHED"), "JOB_END"],
      after: action,
    });
    expect(await runScript(await emulator(), python, "peer_plan_automation.py", args)).toEqual({
      servers: 3,
      waves: [wave(1), wave(2)],
    });
  });

  it("answers a drill and the clean-up of aws-elasticdrs-orchestrator, and shows its instances", async () => {
    expect(await runScript(await emulator(), python, "peer_orchestrator.py")).toEqual({
      jobs: [0, 1],
      launched: ["LAUNCHED", "LAUNCHED", "LAUNCHED"],
      events: true,
      states: Array.from({ length: 3 }, () => ({ Code: 16, Name: "running" })),
      names: [expect.any(String), expect.any(String), expect.any(String)],
      addresses: 3,
      gone: "InvalidInstanceID.NotFound",
    });
  });

  it("answers the calls of DRS of drs-configuration-synchronizer", async () => {
    expect(await runScript(await emulator(), python, "peer_synchronizer.py", [role])).toEqual({
      written: Array.from({ length: 3 }, () => ["STOPPED", 10]),
      tag: "true",
    });
  });

  it("carries the unchanged function of drs-plan-automation through a drill of two waves", async () => {
    const emulator = await emulatedCommand({
      account,
      region,
      fleet: parse(fleetText),
      options: ["--auto-advance", "30"],
    });
    const variables = {
      AWS_ENDPOINT_URL_DYNAMODB: await tablesOf([peerTable("results", "AppId_PlanId")]),
      DRS_RESULTS_TABLE_NAME: "results",
      DRS_ASSUME_ROLE_NAME: "peer",
    };
    const args = [JSON.stringify(peerInput)];
    expect(await runScript(emulator, python, "peer_lambda.py", args, variables)).toEqual({
      status: ["completed", "completed"],
      log: [],
      waves: ["completed", "completed"],
      jobs: ["COMPLETED", "COMPLETED"],
      launched: [["LAUNCHED"], ["LAUNCHED", "LAUNCHED"]],
      lastEvents: ["JOB_END", "JOB_END"],
      actions: [
        ["started", "completed"],
        ["started", "completed"],
      ],
      turns: ["all_waves_completed", "begin", "update_action_status", "update_wave_status"],
    });
  });

  it("has that function as its authors wrote it", () => {
    const file = readFileSync(scriptOf("drs-plan-automation/drs_automation_plan.py"));
    const blob = createHash("sha1").update(`blob ${file.length}\0`).update(file).digest("hex");
    expect(blob).toBe("ce5cd2bc846f2ed96682cea197883caf036de088");
  });
});
