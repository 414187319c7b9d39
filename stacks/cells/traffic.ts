import {
  type CellKey,
  type ContainerService,
  FailoverAccelerator,
  FailoverRouting,
  RoutingControls,
  TakeOverSwitch,
  type TrafficEndpoint,
} from "../../components/index.js";
import type { CellDeclaration, Side } from "../../runtime/environment/schema.js";
import type { DeployedCompute } from "./compute.js";
import type { CellContext } from "./context.js";

/** What turns the cell's clients from one Region to the other; nothing where it has no public name. */
export interface DeployedTraffic {
  readonly takeOver: TakeOverSwitch | undefined;
  readonly controls: RoutingControls | undefined;
  /** By the name that clients ask for. */
  readonly records: ReadonlyMap<string, FailoverRouting>;
  readonly accelerator: FailoverAccelerator | undefined;
}

export function deployTraffic(
  context: CellContext,
  compute: DeployedCompute,
  { keyArns }: CellKey,
): DeployedTraffic {
  const { declaration, cell, options } = context;
  const { name, traffic, objectives } = declaration;
  const { rtoMinutes, scaleSeconds, verifySeconds } = objectives;
  const turnsBy = traffic?.turnsBy;
  const takeOver =
    turnsBy === "standby-takes-over"
      ? new TakeOverSwitch(`${name}-switch`, { cell, keyArns }, options)
      : undefined;
  const controls =
    turnsBy === "routing-control"
      ? new RoutingControls(`${name}-controls`, { cell }, options)
      : undefined;
  if (traffic === undefined) {
    return { takeOver, controls, records: new Map(), accelerator: undefined };
  }
  const { zoneId, routing, requestIntervalSeconds, failureThreshold } = traffic;
  const records = traffic.records.map((record) => {
    const endpoint = (side: Side) => endpointOf(declaration, compute, record.service, side);
    const made = new FailoverRouting(
      `${name}-${record.name}`,
      {
        cell,
        zoneId,
        recordName: record.name,
        turnsBy: takeOver ?? controls ?? "health",
        routing,
        requestIntervalSeconds,
        failureThreshold,
        endpoints: { primary: endpoint("primary"), recovery: endpoint("recovery") },
        objectives: { rtoMinutes, scaleSeconds, verifySeconds },
      },
      options,
    );
    return [record.name, made] as const;
  });
  return {
    takeOver,
    controls,
    records: new Map(records),
    accelerator: traffic.accelerated ? accelerate(context, compute) : undefined,
  };
}

/** The load balancer of a service, judged by the path that reaches all that its tasks need. */
function endpointOf(
  { regions, services, traffic }: CellDeclaration,
  compute: DeployedCompute,
  service: string,
  side: Side,
): TrafficEndpoint {
  const { loadBalancerDnsName, loadBalancerZoneId } = serviceIn(compute, service, regions[side]);
  const declared = services.find(({ name }) => name === service);
  return {
    target: {
      alias: {
        dnsName: loadBalancerDnsName,
        zoneId: loadBalancerZoneId,
        evaluateTargetHealth: traffic?.turnsBy === "health",
      },
    },
    check: { path: declared?.healthCheckPath ?? "/" },
  };
}

function accelerate(
  { declaration, cell, options }: CellContext,
  compute: DeployedCompute,
): FailoverAccelerator {
  const { name, regions, traffic } = declaration;
  const service = traffic?.records[0]?.service ?? "";
  const arnIn = (side: Side) => serviceIn(compute, service, regions[side]).loadBalancerArn;
  const recoveryPercent = traffic?.routing === "latency" ? 100 : 0;
  return new FailoverAccelerator(
    `${name}-accelerator`,
    {
      cell,
      endpoints: {
        [regions.primary]: { endpointId: arnIn("primary") },
        [regions.recovery]: { endpointId: arnIn("recovery"), trafficDialPercent: recoveryPercent },
      },
    },
    options,
  );
}

function serviceIn(compute: DeployedCompute, service: string, region: string): ContainerService {
  const found = compute.services.get(service)?.[region];
  if (found === undefined) throw new Error(`service ${service} was not made in ${region}`);
  return found;
}
