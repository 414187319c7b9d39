import type { DrsClient } from "@aws-sdk/client-drs";
import type { DrsOptions, FleetServer } from "../../../../runtime/rehearsal/services/drs/drs.js";
import {
  account,
  type Bench,
  describeInstances,
  fleetOf,
  serverId,
  startBench,
  startRecovery,
} from "../bench.js";

const launchSeconds = 60;

/** Longer than any first full copy. */
export const fullCopySeconds = 4_000;

export const originLane = `${account}/eu-west-1` as const;

/** Servers that run in EC2, in {@link originLane}. */
export function fleetFromEc2(count: number): readonly FleetServer[] {
  return fleetOf(count).map((server) => ({ ...server, origin: { account, region: "eu-west-1" } }));
}

export interface Recovered {
  readonly bench: Bench;
  readonly client: DrsClient;
  readonly instance: string;
}

/** A bench where the first server has been recovered. */
export async function recovered(
  fleet: readonly FleetServer[],
  drs: DrsOptions = {},
): Promise<Recovered> {
  const bench = await startBench({
    fleet,
    drs: { launchSeconds: () => launchSeconds, initialisedLanes: [originLane], ...drs },
  });
  const client = bench.client();
  await startRecovery(client, [serverId(1)]);
  await bench.pass(100);
  const [found] = await describeInstances(client);
  return { bench, client, instance: found?.recoveryInstanceID ?? "" };
}

/** How far the way back of the only instance is. */
export async function failbackOf(client: DrsClient) {
  const [instance] = await describeInstances(client);
  return instance?.failback;
}
