import { inRegion } from "../../components/cells/regional.js";
import {
  type CellKey,
  ContainerService,
  KubernetesCluster,
  type PerRegion,
  type PilotLightRegion,
} from "../../components/index.js";
import { sides } from "../../runtime/environment/schema.js";
import type { CellContext } from "./context.js";
import { imagesName, inCell } from "./named.js";
import type { DeployedNetworks } from "./network.js";

/** What runs in a cell: by its name, then by the Region's. */
export interface DeployedCompute {
  readonly services: ReadonlyMap<string, PerRegion<ContainerService>>;
  readonly clusters: ReadonlyMap<string, PerRegion<KubernetesCluster>>;
}

/** What services and clusters stand on. */
export interface ComputeGround {
  readonly networks: DeployedNetworks;
  readonly storesKey: CellKey;
  readonly clustersKey: CellKey | undefined;
}

export function deployCompute(context: CellContext, ground: ComputeGround): DeployedCompute {
  const { services, clusters } = context.declaration;
  return {
    services: new Map(
      services.map((service) => [service.name, deployService(context, ground, service)]),
    ),
    clusters: new Map(
      clusters.map((cluster) => [cluster.name, deployCluster(context, ground, cluster)]),
    ),
  };
}

type Declaration = CellContext["declaration"];

/** A service in each Region for which the file counts tasks. */
function deployService(
  { declaration, cell, options }: CellContext,
  { networks, storesKey }: ComputeGround,
  service: Declaration["services"][number],
): PerRegion<ContainerService> {
  const { name, repository, tag, tasks: counted, certificates, ...settings } = service;
  const deployed = sides.flatMap((side) => {
    const region = declaration.regions[side];
    const tasks = counted[side];
    const certificateArn = certificates[side];
    if (tasks === undefined || certificateArn === undefined) return [];
    const made = new ContainerService(
      `${cell.name}-${name}-${region}`,
      {
        ...settings,
        cell,
        network: networkIn(networks, region),
        service: name,
        tasks,
        certificateArn,
        image: imageOf(cell, region, repository, tag),
        logKeyArn: inRegion(storesKey.keyArns, region),
        keepLoadBalancer: declaration.keepData,
      },
      options,
    );
    return [[region, made] as const];
  });
  return Object.fromEntries(deployed);
}

/** The image as the Region's own registry has it, in the repositories of the cell's `images`. */
function imageOf(
  cell: CellContext["cell"],
  region: string,
  repository: string,
  tag: string,
): string {
  return `${cell.account}.dkr.ecr.${region}.amazonaws.com/${inCell(cell, imagesName)}/${repository}:${tag}`;
}

function deployCluster(
  { declaration, cell, options }: CellContext,
  { networks, storesKey, clustersKey }: ComputeGround,
  cluster: Declaration["clusters"][number],
): PerRegion<KubernetesCluster> {
  const { name, nodes, ...settings } = cluster;
  const deployed = sides.map((side) => {
    const region = declaration.regions[side];
    const args = {
      ...settings,
      cell,
      network: networkIn(networks, region),
      cluster: name,
      nodes: nodes[side],
      keyArn: inRegion(clustersKey?.keyArns ?? {}, region),
      logKeyArn: inRegion(storesKey.keyArns, region),
      keepData: declaration.keepData,
    };
    return [
      region,
      new KubernetesCluster(`${cell.name}-${name}-${region}`, args, options),
    ] as const;
  });
  return Object.fromEntries(deployed);
}

/** The network of a Region of the cell. */
export function networkIn(networks: DeployedNetworks, region: string): PilotLightRegion {
  const network = networks.regions[region];
  if (network === undefined) throw new Error(`no network was made in ${region}`);
  return network;
}
