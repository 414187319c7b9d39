import {
  flag,
  listOf,
  oneOf,
  type Readers,
  structure,
  tagMap,
  text,
  wholeNumber,
} from "./members.js";
import type { LaneRecord, SourceServerRecord } from "./model.js";
import { invalidField } from "./refusal.js";
import type { World } from "./world.js";

export interface PitRule {
  readonly ruleID: number;
  readonly units: "MINUTE" | "HOUR" | "DAY";
  readonly interval: number;
  readonly retentionDuration: number;
  readonly enabled: boolean;
}

/** What a template and a server's replication configuration have in common, as the API names it. */
export interface ReplicationSettings {
  readonly stagingAreaSubnetId: string;
  readonly associateDefaultSecurityGroup: boolean;
  readonly replicationServersSecurityGroupsIDs: readonly string[];
  readonly replicationServerInstanceType: string;
  readonly useDedicatedReplicationServer: boolean;
  readonly defaultLargeStagingDiskType: string;
  readonly ebsEncryption: string;
  readonly ebsEncryptionKeyArn?: string;
  /** Megabits a second; 0 is as fast as can be. */
  readonly bandwidthThrottling: number;
  readonly dataPlaneRouting: string;
  readonly createPublicIP: boolean;
  readonly stagingAreaTags: Readonly<Record<string, string>>;
  readonly pitPolicy: readonly PitRule[];
  readonly autoReplicateNewDisks: boolean;
  readonly internetProtocol: string;
}

export interface DiskSettings {
  readonly deviceName: string;
  readonly isBootDisk: boolean;
  readonly stagingDiskType: string;
  readonly iops: number;
  readonly throughput: number;
}

export interface ServerReplicationSettings extends ReplicationSettings {
  readonly name: string;
  readonly replicatedDisks: readonly Partial<DiskSettings>[];
}

export const arnText = text({ min: 20, max: 2_048, pattern: /^arn:.{16,2044}$/ });

const diskTypes = ["AUTO", "GP2", "GP3", "IO1", "SC1", "ST1", "STANDARD"] as const;

const pitRule = structure<PitRule, "units" | "interval" | "retentionDuration">(
  {
    ruleID: wholeNumber(0),
    units: oneOf(["MINUTE", "HOUR", "DAY"]),
    interval: wholeNumber(1),
    retentionDuration: wholeNumber(1),
    enabled: flag,
  },
  ["units", "interval", "retentionDuration"],
);

/** Constraints of the API model. */
export const replicationReaders: Readers<ReplicationSettings> = {
  stagingAreaSubnetId: text({ max: 255, pattern: /^subnet-[0-9a-fA-F]{8,}$/ }),
  associateDefaultSecurityGroup: flag,
  replicationServersSecurityGroupsIDs: listOf(text({ max: 255, pattern: /^sg-[0-9a-fA-F]{8,}$/ }), {
    max: 32,
  }),
  replicationServerInstanceType: text({ max: 255 }),
  useDedicatedReplicationServer: flag,
  defaultLargeStagingDiskType: oneOf(["GP2", "GP3", "ST1", "AUTO"]),
  ebsEncryption: oneOf(["DEFAULT", "CUSTOM", "NONE"]),
  ebsEncryptionKeyArn: arnText,
  bandwidthThrottling: wholeNumber(0),
  dataPlaneRouting: oneOf(["PRIVATE_IP", "PUBLIC_IP"]),
  createPublicIP: flag,
  stagingAreaTags: tagMap,
  pitPolicy: (value, path) =>
    listOf(pitRule, { min: 3, max: 3 })(value, path).map((rule, index) => ({
      ruleID: index + 1,
      enabled: true,
      ...rule,
    })),
  autoReplicateNewDisks: flag,
  internetProtocol: oneOf(["IPV4", "IPV6"]),
};

export const serverReplicationReaders: Readers<ServerReplicationSettings> = {
  ...replicationReaders,
  name: text({ max: 128 }),
  replicatedDisks: listOf(
    structure<DiskSettings>({
      deviceName: text({ max: 256 }),
      isBootDisk: flag,
      stagingDiskType: oneOf(diskTypes),
      iops: wholeNumber(0),
      throughput: wholeNumber(0),
    }),
    { max: 60 },
  ),
};

/** Every ten minutes for an hour, hourly for a day, daily for a week. Source: DRS user guide, point in time policy. */
const defaultPitPolicy: readonly PitRule[] = [
  { ruleID: 1, units: "MINUTE", interval: 10, retentionDuration: 60, enabled: true },
  { ruleID: 2, units: "HOUR", interval: 1, retentionDuration: 24, enabled: true },
  { ruleID: 3, units: "DAY", interval: 1, retentionDuration: 7, enabled: true },
];

/** What nobody has set. */
export function defaultReplicationSettings(world: World, lane: LaneRecord): ReplicationSettings {
  const { defaultReplicationServerType, defaultLargeStagingDisk } = world.switches;
  const { defaultEbsEncryption, defaultDataPlaneRouting } = world.switches;
  return {
    stagingAreaSubnetId: `subnet-${world.digits(17, "staging subnet", lane.lane)}`,
    associateDefaultSecurityGroup: true,
    replicationServersSecurityGroupsIDs: [],
    replicationServerInstanceType: defaultReplicationServerType,
    useDedicatedReplicationServer: false,
    defaultLargeStagingDiskType: defaultLargeStagingDisk,
    ebsEncryption: defaultEbsEncryption,
    bandwidthThrottling: 0,
    dataPlaneRouting: defaultDataPlaneRouting,
    createPublicIP: false,
    stagingAreaTags: {},
    pitPolicy: defaultPitPolicy,
    autoReplicateNewDisks: false,
    internetProtocol: "IPV4",
  };
}

/** Rules by which points in time of a server are taken and kept. */
export function pitPolicyOf({ settings }: SourceServerRecord): readonly PitRule[] {
  return settings.replication.pitPolicy ?? defaultPitPolicy;
}

/** Refuses settings that contradict each other, `changes` laid over `present`. */
export function checkReplicationSettings(
  { switches }: World,
  changes: Partial<ReplicationSettings>,
  present: Partial<ReplicationSettings> = {},
): void {
  if (!switches.customKeyIsMandatory) return;
  const { ebsEncryption, ebsEncryptionKeyArn } = { ...present, ...changes };
  if (ebsEncryption === "CUSTOM" && ebsEncryptionKeyArn === undefined) {
    throw invalidField("ebsEncryptionKeyArn", "must be given when ebsEncryption is CUSTOM");
  }
}
