/**
 * Where data may stay together. A zone is a set of Regions under one law; what is not in a zone is
 * outside of it, however near it lies.
 *
 * The European Union's zone holds neither London nor Zurich: neither country is a member state.
 * Zones of a single Region are listed so that each Region belongs to exactly one.
 */
export const residencyZones = {
  eu: ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"],
  uk: ["eu-west-2"],
  switzerland: ["eu-central-2"],
  us: ["us-east-1", "us-east-2", "us-west-1", "us-west-2"],
  "us-government": ["us-gov-east-1", "us-gov-west-1"],
  canada: ["ca-central-1", "ca-west-1"],
  mexico: ["mx-central-1"],
  brazil: ["sa-east-1"],
  japan: ["ap-northeast-1", "ap-northeast-3"],
  korea: ["ap-northeast-2"],
  australia: ["ap-southeast-2", "ap-southeast-4"],
  "new-zealand": ["ap-southeast-6"],
  singapore: ["ap-southeast-1"],
  indonesia: ["ap-southeast-3"],
  malaysia: ["ap-southeast-5"],
  thailand: ["ap-southeast-7"],
  india: ["ap-south-1", "ap-south-2"],
  "hong-kong": ["ap-east-1"],
  taiwan: ["ap-east-2"],
  israel: ["il-central-1"],
  bahrain: ["me-south-1"],
  emirates: ["me-central-1"],
  "south-africa": ["af-south-1"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ResidencyZone = keyof typeof residencyZones;

export const residencyZoneNames = Object.keys(residencyZones) as readonly ResidencyZone[];

/** The zone that a Region lies in; nothing for a Region that this release does not know. */
export function zoneOf(region: string): ResidencyZone | undefined {
  return residencyZoneNames.find((zone) => liesIn(zone, region));
}

/** Whether data that must stay in a zone may be copied to a Region. An unknown Region is outside. */
export function liesIn(zone: ResidencyZone, region: string): boolean {
  const regions: readonly string[] = residencyZones[zone];
  return regions.includes(region);
}
