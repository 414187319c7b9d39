import { expect, it } from "vitest";
import { type Bench, fleetOf, serverId, startBench } from "../rehearsal/services/bench.js";
import { describeTier } from "../support/tier.js";
import { awsCli, type Outcome, runForeign } from "./foreign.js";

describeTier("python", "the AWS CLI against the emulator", awsCli(), (command) => {
  const drs = (bench: Bench, ...args: readonly string[]): Promise<Outcome> =>
    runForeign(bench, command, ["drs", ...args, "--output", "json"]);

  const answerOf = ({ exitCode, stdout, stderr }: Outcome): unknown => {
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    return JSON.parse(stdout);
  };

  it("pages through servers", async () => {
    const bench = await startBench({ fleet: fleetOf(5) });
    const query = ["--page-size", "2", "--query", "items[].sourceServerID"];
    const listed = await drs(bench, "describe-source-servers", ...query);
    expect(answerOf(listed)).toEqual([1, 2, 3, 4, 5].map((number) => serverId(number)));
    expect(bench.calls).toHaveLength(3);
  });

  it("starts a drill and reads its job to the end", async () => {
    const bench = await startBench();
    const servers = ["--source-servers", `sourceServerID=${serverId(1)}`, "--is-drill"];
    const started = answerOf(await drs(bench, "start-recovery", ...servers));
    expect(started).toMatchObject({ job: { status: "PENDING", initiatedBy: "START_DRILL" } });
    await bench.pass(1_000);
    expect(answerOf(await drs(bench, "describe-jobs"))).toMatchObject({
      items: [{ status: "COMPLETED", participatingServers: [{ launchStatus: "LAUNCHED" }] }],
    });
  });

  it("names the error that it met", async () => {
    const bench = await startBench();
    const id = ["--source-server-id", "s-99999999999999999"];
    const refused = await drs(bench, "get-launch-configuration", ...id);
    expect([254, 255]).toContain(refused.exitCode); // of version 2, of version 1
    expect(refused.stderr).toContain("An error occurred (ResourceNotFoundException)");
  });
});
