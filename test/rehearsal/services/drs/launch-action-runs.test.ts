import {
  type DrsClient,
  PutLaunchActionCommand,
  UpdateLaunchConfigurationCommand,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import type { DrsOptions } from "../../../../runtime/rehearsal/services/drs/drs.js";
import {
  type Bench,
  describeInstances,
  describeJobs,
  serverId,
  startBench,
  startRecovery,
} from "../bench.js";

const sourceServerID = serverId(1);

async function put(client: DrsClient, order: number, more: object = {}): Promise<void> {
  const action = {
    resourceId: sourceServerID,
    actionCode: "AWS-RunShellScript",
    actionId: `00000000-0000-4000-8000-00000000000${order}`,
    order,
    optional: false,
    active: true,
    name: `action ${order}`,
    actionVersion: "1",
    category: "VALIDATION" as const,
    description: "",
    ...more,
  };
  await client.send(new PutLaunchActionCommand(action));
}

/** A bench whose first server is being launched, with the actions that `prepare` puts. */
async function launching(
  prepare: (client: DrsClient) => Promise<void>,
  drs: DrsOptions = {},
): Promise<{ readonly bench: Bench; readonly client: DrsClient }> {
  const bench = await startBench({ drs: { launchSeconds: () => 100, ...drs } });
  const client = bench.client();
  await prepare(client);
  const enabled = { sourceServerID, postLaunchEnabled: true };
  await client.send(new UpdateLaunchConfigurationCommand(enabled));
  await startRecovery(client, [sourceServerID]);
  return { bench, client };
}

async function participant(client: DrsClient) {
  const [job] = await describeJobs(client);
  const [server] = job?.participatingServers ?? [];
  const runs = server?.launchActionsStatus?.runs?.map(({ action, status }) => [
    action?.name,
    status,
  ]);
  return { status: job?.status, launch: server?.launchStatus, runs };
}

describe("launch actions", () => {
  it("run one after another once SSM is found, before the server is launched", async () => {
    const { bench, client } = await launching(async (to) => {
      await put(to, 3);
      await put(to, 2);
      await put(to, 4, { active: false });
    });
    await bench.pass(101);
    expect(await participant(client)).toMatchObject({ launch: "IN_PROGRESS", runs: [] });
    expect(await describeInstances(client)).toHaveLength(1);
    await bench.pass(60);
    expect((await participant(client)).runs).toEqual([["action 2", "IN_PROGRESS"]]);
    await bench.pass(60);
    expect((await participant(client)).runs).toEqual([
      ["action 2", "SUCCEEDED"],
      ["action 3", "IN_PROGRESS"],
    ]);
    await bench.pass(70);
    expect(await participant(client)).toMatchObject({ status: "COMPLETED", launch: "LAUNCHED" });
  });

  it("fail the launch when they fail and are not optional, and leave the instance", async () => {
    const { bench, client } = await launching((to) => put(to, 2));
    bench.drs.failServer(sourceServerID, "action", 1);
    await bench.pass(300);
    expect(await participant(client)).toEqual({
      status: "COMPLETED",
      launch: "FAILED",
      runs: [["action 2", "FAILED"]],
    });
    expect(await describeInstances(client)).toHaveLength(1);
  });

  it("fail alone when they are optional", async () => {
    const { bench, client } = await launching(async (to) => {
      await put(to, 2, { optional: true });
      await put(to, 3);
    });
    bench.drs.failServer(sourceServerID, "action", 1);
    await bench.pass(300);
    expect(await participant(client)).toEqual({
      status: "COMPLETED",
      launch: "LAUNCHED",
      runs: [
        ["action 2", "FAILED"],
        ["action 3", "SUCCEEDED"],
      ],
    });
  });

  it("go on after the job when the switch says so", async () => {
    const { bench, client } = await launching((to) => put(to, 2), { launchAwaitsActions: false });
    await bench.pass(110);
    expect(await participant(client)).toEqual({
      status: "COMPLETED",
      launch: "LAUNCHED",
      runs: [],
    });
    await bench.pass(200);
    expect((await participant(client)).runs).toEqual([["action 2", "SUCCEEDED"]]);
  });

  it("do not run where they are not enabled", async () => {
    const bench = await startBench({ drs: { launchSeconds: () => 100 } });
    const client = bench.client();
    await put(client, 2);
    await startRecovery(client, [sourceServerID]);
    await bench.pass(110);
    expect(await participant(client)).toEqual({
      status: "COMPLETED",
      launch: "LAUNCHED",
      runs: undefined,
    });
  });
});
