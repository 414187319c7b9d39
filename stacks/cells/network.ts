import { inRegion } from "../../components/cells/regional.js";
import { type CellKey, PilotLightRegion, RegionPeering } from "../../components/index.js";
import { sides } from "../../runtime/environment/schema.js";
import type { CellContext } from "./context.js";

/** The network of each Region, by the Region's name, and what joins them. */
export interface DeployedNetworks {
  readonly regions: Readonly<Record<string, PilotLightRegion>>;
  readonly peering: RegionPeering | undefined;
}

export function deployNetworks(
  { declaration, cell, options }: CellContext,
  { keyArns }: CellKey,
): DeployedNetworks {
  const { name, network, regions } = declaration;
  const cidrBlocks = Object.fromEntries(
    sides.map((side) => [regions[side], network.cidrBlocks[side]]),
  );
  const networks = sides.map((side) => {
    const region = regions[side];
    const args = {
      cell,
      region,
      cidrBlocks,
      natGateways: network.natGateways[side],
      logKeyArn: inRegion(keyArns, region),
    };
    return new PilotLightRegion(`${name}-network-${region}`, args, options);
  });
  const peering = network.peered
    ? new RegionPeering(`${name}-peering`, { cell, networks }, options)
    : undefined;
  return {
    regions: Object.fromEntries(networks.map((each) => [each.region, each])),
    peering,
  };
}
