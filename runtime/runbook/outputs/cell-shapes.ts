import { partitionOf } from "../../core/partition.js";
import type { Path } from "../../environment/path.js";
import { type Finding, quoted } from "../../environment/problem.js";
import type { CellOutputs, Side } from "./cell.js";
import { sides } from "./cell-names.js";
import { found } from "./found.js";

/** A name of which AWS chooses a part, and what stands around that part. */
interface Shape {
  readonly path: Path;
  readonly value: string;
  readonly beginning?: string;
  readonly end?: string;
}

/** Names, hosts and ARNs that are not of the cell, or not of the Region under which they stand. */
export function misshapen(environment: string, cell: CellOutputs, at: Path): readonly Finding[] {
  const prefix = `${environment}-${cell.name}`;
  return [
    ...global(cell, prefix, at),
    ...sides.flatMap((side) => [
      ...keys(cell, side, at),
      ...hosts(cell, side, at),
      ...databases(cell, side, prefix, at),
    ]),
    ...controls(cell, at),
  ].flatMap(findingOf);
}

function findingOf({ path, value, beginning = "", end = "" }: Shape): readonly Finding[] {
  if (value.startsWith(beginning) && value.endsWith(end)) return [];
  const rules = [
    ...(beginning === "" ? [] : [`begins with ${quoted(beginning)}`]),
    ...(end === "" ? [] : [`ends with ${quoted(end)}`]),
  ];
  return [found(path, `text that ${rules.join(" and ")}`, quoted(value))];
}

function global(
  { auroraDatabases, caches, repositories }: CellOutputs,
  prefix: string,
  at: Path,
): readonly Shape[] {
  return [
    ...auroraDatabases.map(({ name, writerEndpoint }, index) => ({
      path: [...at, "auroraDatabases", index, "writerEndpoint"],
      value: writerEndpoint,
      beginning: `${prefix}-${name}.global-`,
      end: ".global.rds.amazonaws.com",
    })),
    ...caches.map(({ name, globalReplicationGroupId }, index) => ({
      path: [...at, "caches", index, "globalReplicationGroupId"],
      value: globalReplicationGroupId,
      end: `-${prefix}-${name}`,
    })),
    ...repositories.map((value, index) => ({
      path: [...at, "repositories", index],
      value,
      beginning: `${prefix}-images/`,
    })),
  ];
}

function keys({ account, regions, keyArns }: CellOutputs, side: Side, at: Path): readonly Shape[] {
  const region = regions[side];
  const beginning = `arn:${partitionOf(region)}:kms:${region}:${account}:key/`;
  return [{ path: [...at, "keyArns", side], value: keyArns[side], beginning }];
}

function hosts({ regions, services }: CellOutputs, side: Side, at: Path): readonly Shape[] {
  return services.flatMap((service, index) => {
    const made = service[side];
    if (made === undefined) return [];
    const path = [...at, "services", index, side, "loadBalancerDnsName"];
    return [{ path, value: made.loadBalancerDnsName, end: `.${regions[side]}.elb.amazonaws.com` }];
  });
}

function databases(
  { regions, auroraDatabases, replicatedDatabases, caches }: CellOutputs,
  side: Side,
  prefix: string,
  at: Path,
): readonly Shape[] {
  const region = regions[side];
  const member = (name: string) => `${prefix}-${name}-${region}`;
  const end = `.${region}.rds.amazonaws.com`;
  return [
    ...auroraDatabases.flatMap(({ name, members }, index) => {
      const path = [...at, "auroraDatabases", index, "members", side];
      const { clusterEndpoint, ...groups } = members[side];
      const group = (key: "instanceParameterGroupName" | "clusterParameterGroupName") => ({
        path: [...path, key],
        value: groups[key],
        beginning: member(name),
      });
      return [
        {
          path: [...path, "clusterEndpoint"],
          value: clusterEndpoint,
          beginning: `${member(name)}.cluster-`,
          end,
        },
        group("instanceParameterGroupName"),
        group("clusterParameterGroupName"),
      ];
    }),
    ...replicatedDatabases.flatMap(({ name, instances }, index) => {
      const path = [...at, "replicatedDatabases", index, "instances", side];
      const { address, parameterGroupName } = instances[side];
      return [
        { path: [...path, "address"], value: address, beginning: `${member(name)}.`, end },
        {
          path: [...path, "parameterGroupName"],
          value: parameterGroupName,
          beginning: member(name),
        },
      ];
    }),
    ...caches.map(({ name, members }, index) => ({
      path: [...at, "caches", index, "members", side, "configurationEndpoint"],
      value: members[side].configurationEndpoint,
      beginning: `clustercfg.${member(name)}.`,
      end: ".cache.amazonaws.com",
    })),
  ];
}

function controls({ account, regions, traffic }: CellOutputs, at: Path): readonly Shape[] {
  const { controls: given } = traffic ?? {};
  if (given === undefined) return [];
  const path = [...at, "traffic", "controls"];
  const partition = partitionOf(regions.primary);
  const beginning = `arn:${partition}:route53-recovery-control::${account}:controlpanel/`;
  return sides.map((side) => ({
    path: [...path, "controlArns", side],
    value: given.controlArns[side],
    beginning,
  }));
}
