import { type Cell, cellPrefix } from "../cells/cell.js";
import { namedIn, roleOf } from "../cells/regional.js";
import type { Named } from "../named.js";

/** Names of what a service consists of in a Region. */
export interface ServiceNames {
  /** Of the cluster, the service, the family of its tasks and its load balancer. */
  readonly service: string;
  /** Holds the port: a group with another port is another one, while the old one still serves. */
  readonly targetGroup: string;
  readonly logs: Named;
  readonly executionRole: Named;
  readonly taskRole: Named;
  /** By which Application Auto Scaling knows the number of tasks. */
  readonly scalable: string;
}

export function serviceNames(
  cell: Cell,
  region: string,
  service: string,
  containerPort: number,
): ServiceNames {
  const whole = `${cellPrefix(cell)}-${service}`;
  return {
    service: whole,
    targetGroup: `${whole}-${containerPort}`,
    logs: namedIn(cell, region, "logs", "log-group:", `/${cellPrefix(cell)}/${service}`),
    executionRole: roleOf(cell, `${whole}-execution-${region}`),
    taskRole: roleOf(cell, `${whole}-task-${region}`),
    scalable: `service/${whole}/${whole}`,
  };
}

/** Names of what a cluster consists of in a Region. */
export interface ClusterNames {
  readonly cluster: string;
  readonly nodeGroup: string;
  readonly controlPlaneRole: Named;
  readonly nodesRole: Named;
  /** The one group that EKS writes to, whatever it is told. */
  readonly logs: string;
}

export function clusterNames(cell: Cell, region: string, cluster: string): ClusterNames {
  const whole = `${cellPrefix(cell)}-${cluster}`;
  return {
    cluster: whole,
    nodeGroup: `${whole}-nodes`,
    controlPlaneRole: roleOf(cell, `${whole}-control-plane-${region}`),
    nodesRole: roleOf(cell, `${whole}-node-${region}`),
    logs: `/aws/eks/${whole}/cluster`,
  };
}
