import { expect, it } from "vitest";
import { laneKey } from "../../runtime/core/lane.js";
import { runbook } from "../../runtime/runbook/runbook.js";
import { filled } from "../../runtime/runbook/words.js";
import { type Bench, fleetOf, serverId, startBench } from "../rehearsal/services/bench.js";
import { sampleOutputs } from "../runbook/sample-outputs.js";
import { describeTier } from "../support/tier.js";
import { awsCli, runForeign } from "./foreign.js";

/** The lane of the sample that the bench stands for. */
const lane = { account: "222222222222", region: "us-west-2" } as const;

const servers = [serverId(1), serverId(2)];

describeTier("python", "the calls of DRS in a runbook, by the AWS CLI", awsCli(), (command) => {
  const calls = runbook(sampleOutputs())
    .sections.flatMap(({ id, steps }) => steps.map((step) => ({ id, step })))
    .flatMap(({ id, step }) => step.commands.map((one) => ({ id, ...one })))
    .filter(({ argv: [, service], account }) => service === "drs" && account === lane.account);

  /** Makes the first call of an operation with an option, or a value, that begins so. */
  async function call(
    bench: Bench,
    operation: string,
    values: Readonly<Record<string, string>>,
    holding = "",
  ) {
    const found = calls.find(
      ({ argv }) => argv[2] === operation && argv.some((word) => String(word).startsWith(holding)),
    );
    const [, ...words] = filled(found?.argv ?? [], values);
    const inLane = { ...bench, access: () => bench.access(laneKey(lane)) };
    const { exitCode, stdout, stderr } = await runForeign(inLane, command, [
      ...words,
      "--output",
      "json",
    ]);
    expect({ operation, exitCode, stderr }).toEqual({ operation, exitCode: 0, stderr: "" });
    return JSON.parse(stdout);
  }

  it("lists a lane's servers, recovers them, follows the job to its end, and protects them again", async () => {
    const origin = { account: lane.account, region: "us-east-1" } as const;
    const away = fleetOf(3, laneKey(lane)).map((server) => ({ ...server, origin }));
    // DRS is set up where servers replicate: one does in the Region that the others came from.
    const home = fleetOf(4, laneKey({ ...lane, region: origin.region })).slice(3);
    const fleet = [...away, ...home];
    const bench = await startBench({ fleet });
    const listed = await call(bench, "describe-source-servers", {});
    expect(
      listed.map(({ sourceServerID }: { sourceServerID: string }) => sourceServerID),
    ).toHaveLength(3);
    const SERVERS = JSON.stringify(servers.map((sourceServerID) => ({ sourceServerID })));
    const { job } = await call(bench, "start-recovery", { SERVERS });
    expect(job).toMatchObject({ initiatedBy: "START_RECOVERY" });
    await bench.pass(3_000);
    const { items } = await call(bench, "describe-jobs", { JOB: job.jobID }, "--filters");
    expect(items).toMatchObject([{ jobID: job.jobID, status: "COMPLETED" }]);
    expect(await call(bench, "describe-jobs", {}, "--query")).toEqual([]);
    expect(await call(bench, "describe-recovery-instances", {}, "items[?isDrill]")).toEqual([]);
    const recovered = await call(bench, "describe-recovery-instances", {}, "items[?!isDrill]");
    expect(recovered.map(([, server]: readonly string[]) => server).toSorted()).toEqual(servers);
    const [[RECOVERY_INSTANCE]] = recovered;
    const reversed = await call(bench, "reverse-replication", { RECOVERY_INSTANCE });
    expect(reversed.reversedDirectionSourceServerArn).toMatch(/:source-server\/s-/);
  });

  it("is all that the runbook asks of DRS", () => {
    expect([...new Set(calls.map(({ argv }) => argv[2]))].toSorted()).toEqual([
      "describe-jobs",
      "describe-recovery-instances",
      "describe-source-servers",
      "reverse-replication",
      "start-recovery",
    ]);
  });
});
