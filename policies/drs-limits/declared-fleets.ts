import type { StackValidationArgs } from "@pulumi/policy";
import { type LaneKey, laneKey } from "../../runtime/core/lane.js";
import { contractsOf, type SpokeContract, spokeAccounts } from "../contracts.js";
import { known, UNKNOWN } from "../known.js";

/** A lane as one spoke declares it. */
export interface DeclaredLane {
  readonly path: string;
  readonly lane: LaneKey;
  readonly servers: number;
}

/** What all spokes of a stack declare for one lane together. */
export interface LaneTotal {
  readonly lane: LaneKey;
  readonly servers: number;
  readonly spokes: number;
  /** URN of the last spoke that adds to it. */
  readonly urn: string;
}

/** The lanes that a spoke declares, or `UNKNOWN`. */
export function declaredLanes(spoke: SpokeContract): readonly DeclaredLane[] | typeof UNKNOWN {
  const lanes = known(() => spoke.lanes ?? []);
  const account = known(() => spoke.account);
  if (lanes === UNKNOWN || account === UNKNOWN) return UNKNOWN;
  return lanes.map(({ region, declaredServers = 0 }, index) => ({
    path: `lanes[${index}].declaredServers`,
    lane: laneKey({ account, region }),
    servers: declaredServers,
  }));
}

/** Adds up what the spokes of a stack declare, and names the spokes that could not be read. */
export function laneTotals(stack: StackValidationArgs): {
  readonly totals: readonly LaneTotal[];
  readonly unread: readonly string[];
} {
  const totals = new Map<LaneKey, LaneTotal>();
  const unread: string[] = [];
  for (const { resource, contract } of contractsOf(stack, spokeAccounts)) {
    const lanes = declaredLanes(contract);
    if (lanes === UNKNOWN) unread.push(`${resource.name}.lanes`);
    for (const { lane, servers } of lanes === UNKNOWN ? [] : lanes) {
      const before = totals.get(lane);
      totals.set(lane, {
        lane,
        servers: (before?.servers ?? 0) + servers,
        spokes: (before?.spokes ?? 0) + 1,
        urn: resource.urn,
      });
    }
  }
  return { totals: [...totals.values()], unread };
}
