import { expect, it } from "vitest";
import { account, region, startEmulatorBench } from "../rehearsal/emulator/bench.js";
import { describeTier } from "../support/tier.js";
import { boto3, type Reached, runScript } from "./foreign.js";

const fleetText = `
lanes:
  - account: "${account}"
    region: ${region}
    fleet:
      - { count: 1, tags: { Tier: database } }
      - { count: 2, tags: { Tier: web } }
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
});
