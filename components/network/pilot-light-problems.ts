import { Problems } from "../arguments.js";
import { checkCell } from "../cells/cell.js";
import { checkNameLength } from "../cells/name-length.js";
import { checkRegion } from "../cells/regional.js";
import { checkCidrBlocks } from "./cidr-problems.js";
import { networkNames } from "./names.js";
import type { PilotLightRegionArgs } from "./pilot-light-region.js";

/** Everything that is wrong with a Region's arguments, before anything is created. */
export function pilotLightProblems(
  args: PilotLightRegionArgs,
  availabilityZones: readonly string[],
): Problems {
  const { cell, region, cidrBlocks } = args;
  const problems = new Problems();
  checkCell(problems, cell);
  checkRegion(problems, cell, region, "region");
  checkCidrBlocks(problems, cell, cidrBlocks, "cidrBlocks");
  problems.add("availabilityZones", zonesProblem(region, availabilityZones));
  problems.add("interfaceEndpoints", endpointsProblem(args.interfaceEndpoints ?? []));
  checkNameLength(problems, "role", networkNames(cell, region).flowLogsRole.name, 64);
  return problems;
}

function zonesProblem(region: string, zones: readonly string[]): string | undefined {
  const isOne = (zone: string) =>
    zone.startsWith(region) && /^[a-z]$/.test(zone.slice(region.length));
  if (zones.length === 3 && new Set(zones).size === 3 && zones.every(isOne)) return undefined;
  const got = zones.map((zone) => `"${zone}"`).join(", ") || "none";
  return `must be three zones of "${region}", got ${got}. Two are too few to lose one`;
}

function endpointsProblem(services: readonly string[]): string | undefined {
  const free = services.find((service) => service === "s3" || service === "dynamodb");
  if (free)
    return `must not name "${free}", got it. It has a gateway endpoint, which costs nothing`;
  const twice = services.find((service, index) => services.indexOf(service) !== index);
  if (twice) return `must name each service once, got "${twice}" again. Leave one out`;
  const wrong = services.find((service) => !/^(?!com\.)[a-z0-9][a-z0-9.-]*$/.test(service));
  if (wrong === undefined) return undefined;
  return `must be ends of endpoint names, such as ecr.api, got "${wrong}". Leave out com.amazonaws and the Region`;
}
