import { CreateExtendedSourceServerCommand, type DrsClient } from "@aws-sdk/client-drs";
import type { LaneKey } from "../../../../runtime/core/lane.js";
import type { DrsOptions, FleetServer } from "../../../../runtime/rehearsal/services/drs/drs.js";
import { account, type Bench, fleetOf, lane, region, serverId, startBench } from "../bench.js";
import { originLane } from "./recovered.js";

export const staging = "444455556666";
export const stagingLane: LaneKey = `${staging}/${region}`;

export const trusting = { stagingTrusts: [{ staging, target: account }] };

/** A target account that is trusted by a staging account with so many servers. */
export async function twoAccounts(
  count: number,
  drs: DrsOptions = {},
  fleet: readonly FleetServer[] = fleetOf(count, stagingLane),
): Promise<{ readonly bench: Bench; readonly client: DrsClient }> {
  const initialisedLanes = [lane, originLane];
  const options = { launchSeconds: () => 60, initialisedLanes, ...trusting, ...drs };
  const bench = await startBench({ fleet, drs: options });
  return { bench, client: bench.client() };
}

export function stagingArn(number: number): string {
  return `arn:aws:drs:${region}:${staging}:source-server/${serverId(number)}`;
}

/** Extends a server and answers the id that it has in the target account. */
export async function extend(client: DrsClient, number: number, tags: Record<string, string> = {}) {
  const command = new CreateExtendedSourceServerCommand({
    sourceServerArn: stagingArn(number),
    tags,
  });
  const { sourceServer } = await client.send(command);
  return sourceServer?.sourceServerID ?? "";
}
