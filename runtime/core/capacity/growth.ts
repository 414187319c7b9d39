import { drsQuotas } from "../../limits.js";
import type { Lane } from "../lane.js";
import type { CapacityThresholds } from "./status.js";

/** How many servers a lane replicates, now or as declared. */
export interface LaneLoad extends Lane {
  readonly servers: number;
}

/** What a lane may be filled to. */
export type Filling = "below-warning" | "to-warning" | "to-quota";

/** One way to room for more servers: more lanes. */
export interface GrowthOption {
  readonly filling: Filling;
  /** Most servers that any lane is given. */
  readonly serversPerLane: number;
  /** Servers that find room in the lanes that there are. */
  readonly intoExistingLanes: number;
  readonly intoNewLanes: number;
  readonly newLanes: number;
  readonly lanes: number;
  /** Servers that all lanes can take by then: their quotas. */
  readonly capacityServers: number;
}

/**
 * Ways to let an estate grow by so many servers, none of which moves a server that replicates:
 * changing its account means to install its agent anew.
 *
 * A lane is an account in a Region. To ask AWS for more in one lane is no way: the quota of
 * replicating servers is not adjustable.
 */
export function growthOptions(
  lanes: readonly LaneLoad[],
  growByServers: number,
  { warnAtServers }: Pick<CapacityThresholds, "warnAtServers">,
  quotaServers: number = drsQuotas.replicatingServers.value,
): readonly GrowthOption[] {
  const fillings: readonly (readonly [Filling, number])[] = [
    ["below-warning", Math.max(1, warnAtServers - 1)],
    ["to-warning", warnAtServers],
    ["to-quota", quotaServers],
  ];
  return fillings.map(([filling, perLane]) => {
    const serversPerLane = Math.min(perLane, quotaServers);
    const room = lanes.reduce((sum, { servers }) => sum + Math.max(0, serversPerLane - servers), 0);
    const intoExistingLanes = Math.min(room, growByServers);
    const intoNewLanes = growByServers - intoExistingLanes;
    const newLanes = Math.ceil(intoNewLanes / serversPerLane);
    const all = lanes.length + newLanes;
    return {
      filling,
      serversPerLane,
      intoExistingLanes,
      intoNewLanes,
      newLanes,
      lanes: all,
      capacityServers: all * quotaServers,
    };
  });
}
