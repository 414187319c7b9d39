import type { Properties } from "./sdk.js";
import { digitsOf } from "./stand-in-aws.js";

/** A component that a plugin makes, children included, as the program asks for it. */
export interface PluginOrder {
  readonly type: string;
  readonly urn: string;
  readonly inputs: Properties;
}

/**
 * Outputs of a component whose plugin does not run here, computed from its arguments. Its children
 * are not made. Nothing for a type that is not known.
 */
export function madeByPlugin({ type, urn, inputs }: PluginOrder): Properties | undefined {
  return pluginTypes[type]?.({ inputs, idOf: idsBelow(urn) });
}

interface Making {
  readonly inputs: Properties;
  /** An id as EC2 gives them: the same for the same kind and place. */
  readonly idOf: (kind: string, ...place: readonly unknown[]) => string;
}

const pluginTypes: Readonly<Record<string, (making: Making) => Properties>> = {
  "awsx:ec2:Vpc": vpc,
};

/** In the order in which awsx makes the subnets of a zone. Source: pulumi-awsx, awsx/ec2/vpc.ts. */
const subnetTypes = ["Public", "Private", "Isolated"] as const;

function vpc({ inputs, idOf }: Making): Properties {
  const zones = zonesOf(inputs);
  const types = subnetTypes.filter((type) => specified(inputs).includes(type));
  const subnetIds = (wanted: (typeof subnetTypes)[number]) =>
    types
      .filter((type) => type === wanted)
      .flatMap((type) => zones.map((zone) => idOf("subnet", type, zone)));
  return {
    vpcId: idOf("vpc"),
    publicSubnetIds: subnetIds("Public"),
    privateSubnetIds: subnetIds("Private"),
    isolatedSubnetIds: subnetIds("Isolated"),
    routeTables: zones.flatMap((zone) => types.map((type) => ({ id: idOf("rtb", type, zone) }))),
  };
}

function specified({ subnetSpecs }: Properties): readonly unknown[] {
  return Array.isArray(subnetSpecs)
    ? subnetSpecs.map((spec) => Object(spec).type)
    : ["Public", "Private"];
}

function zonesOf({ availabilityZoneNames, numberOfAvailabilityZones = 3 }: Properties) {
  if (Array.isArray(availabilityZoneNames)) return availabilityZoneNames as readonly unknown[];
  return Array.from({ length: Number(numberOfAvailabilityZones) }, (_, index) => index);
}

function idsBelow(urn: string): Making["idOf"] {
  return (kind, ...place) => `${kind}-${digitsOf([urn, kind, ...place].join(" ")).slice(0, 17)}`;
}
