import type { LaunchAction } from "./launch-actions.js";
import type { LaunchSettings, LaunchTemplateSettings } from "./launch-settings.js";
import type { ReplicationSettings, ServerReplicationSettings } from "./replication-settings.js";
import type { SourceNetworks } from "./source-networks.js";

/** What was set for a server; the rest is default. */
export interface ServerSettings {
  replication: Partial<ServerReplicationSettings>;
  launch: Partial<LaunchSettings>;
  readonly actions: Map<string, LaunchAction>;
}

export function noSettings(): ServerSettings {
  return { replication: {}, launch: {}, actions: new Map() };
}

interface Template {
  readonly id: string;
  readonly arn: string;
  tags: Record<string, string>;
}

export interface ReplicationTemplate extends Template {
  settings: Partial<ReplicationSettings>;
}

export interface LaunchTemplate extends Template {
  settings: Partial<LaunchTemplateSettings>;
  readonly actions: Map<string, LaunchAction>;
}

/** Templates of an account in a Region, by id. */
export interface Templates {
  readonly replication: Map<string, ReplicationTemplate>;
  readonly launch: Map<string, LaunchTemplate>;
  /** How many there ever were, for ids that never come twice. */
  created: number;
}

export function noTemplates(): Templates {
  return { replication: new Map(), launch: new Map(), created: 0 };
}

export function noNetworks(): SourceNetworks {
  return { byId: new Map(), created: 0 };
}
