/** The components of this package and what their arguments are made of. */

export type { FunctionName, HubFunctionName } from "../runtime/bundles.js";
export type { ResidencyZone } from "../runtime/core/cells/residency.js";
export type { TurnsBy } from "../runtime/core/cells/rto.js";
export type { Lane, LaneKey } from "../runtime/core/lane.js";
export type { EstateLane } from "../runtime/core/ports.js";
export type {
  GroupMember,
  Objectives,
  ProtectionGroup as ProtectionGroupDocument,
  RecoveryPlan as RecoveryPlanDocument,
  TagSelector,
  Wave,
} from "../runtime/core/recovery/plan.js";
export type { Transform } from "./arguments.js";
export { CapacityAlarms, type CapacityAlarmsArgs } from "./capacity/capacity-alarms.js";
export {
  CapacityPublisher,
  type CapacityPublisherArgs,
} from "./capacity/capacity-publisher.js";
export { type CapacityNames, capacityNames, type LaneAlarm } from "./capacity/names.js";
export type { TopicArns } from "./cells/alarms.js";
export type { Cell, CellRegions } from "./cells/cell.js";
export type { KeyArns } from "./cells/keys.js";
export type { PerRegion } from "./cells/regional.js";
export type { Capacity } from "./compute/capacity.js";
export { ContainerService, type ContainerServiceArgs } from "./compute/container-service.js";
export { KubernetesCluster, type KubernetesClusterArgs } from "./compute/kubernetes-cluster.js";
export type { RegionNetwork } from "./compute/region-network.js";
export {
  AuroraGlobalDatabase,
  type AuroraGlobalDatabaseArgs,
} from "./data/aurora-global-database.js";
export type { GlobalMember } from "./data/aurora-member.js";
export { type BackupTag, backupTagOf } from "./data/backup-tag.js";
export { BackupVaultPair, type BackupVaultPairArgs } from "./data/backup-vault-pair.js";
export type { CacheMember } from "./data/cache-member.js";
export { CellKey, type CellKeyArgs } from "./data/cell-key.js";
export {
  CrossRegionReplica,
  type CrossRegionReplicaArgs,
  type ReplicaSettings,
} from "./data/cross-region-replica.js";
export { GlobalCache, type GlobalCacheArgs } from "./data/global-cache.js";
export { GlobalTable, type GlobalTableArgs, type TableIndex } from "./data/global-table.js";
export type { StoreObjectives } from "./data/objectives.js";
export type { StorePlacement, StorePlacements } from "./data/placement.js";
export type { OnRecovery, QueuePattern } from "./data/queue-loss.js";
export { RegionalQueue, type RegionalQueueArgs } from "./data/regional-queue.js";
export type { ReplicaInstance } from "./data/replica-instance.js";
export {
  type ArchiveClass,
  ReplicatedBucket,
  type ReplicatedBucketArgs,
} from "./data/replicated-bucket.js";
export { ReplicatedRegistry, type ReplicatedRegistryArgs } from "./data/replicated-registry.js";
export { ReplicatedSecret, type ReplicatedSecretArgs } from "./data/replicated-secret.js";
export type { BackedUpStore } from "./iam/backup-policy.js";
export type { KeyCaller, KeyService } from "./iam/key-policy.js";
export type { Named } from "./named.js";
export {
  type NatGateways,
  PilotLightRegion,
  type PilotLightRegionArgs,
} from "./network/pilot-light-region.js";
export {
  type PeeredNetwork,
  RegionPeering,
  type RegionPeeringArgs,
} from "./network/region-peering.js";
export {
  CapacityDashboard,
  type CapacityDashboardArgs,
} from "./observability/capacity-dashboard.js";
export {
  ExecutionDashboard,
  type ExecutionDashboardArgs,
} from "./observability/execution-dashboard.js";
export {
  ObservabilityLink,
  type ObservabilityLinkArgs,
} from "./observability/observability-link.js";
export {
  ObservabilitySink,
  type ObservabilitySinkArgs,
} from "./observability/observability-sink.js";
export {
  ReplicationDashboard,
  type ReplicationDashboardArgs,
  type ShownCache,
} from "./observability/replication-dashboard.js";
export type { ObservedKind } from "./observability/shares.js";
export { type HubReference, hubReference } from "./recovery/hub-reference.js";
export {
  type HubAddress,
  type HubNames,
  hubNames,
  type SpokeNames,
  spokeNames,
} from "./recovery/names.js";
export { OrchestrationHub, type OrchestrationHubArgs } from "./recovery/orchestration-hub.js";
export type { PlanDeclaration, WaveDeclaration } from "./recovery/plan-declaration.js";
export { ProtectionGroup, type ProtectionGroupArgs } from "./recovery/protection-group.js";
export {
  type Drill,
  type ExpectedServers,
  RecoveryPlan,
  type RecoveryPlanArgs,
} from "./recovery/recovery-plan.js";
export { SpokeAccount, type SpokeAccountArgs, type SpokeLane } from "./recovery/spoke-account.js";
export type {
  EndpointAlarm,
  EndpointCheck,
  LoadBalancerAlias,
  PerSide,
  TrafficEndpoint,
  TrafficTarget,
} from "./traffic/endpoint.js";
export {
  type AcceleratedEndpoint,
  FailoverAccelerator,
  type FailoverAcceleratorArgs,
} from "./traffic/failover-accelerator.js";
export {
  FailoverRouting,
  type FailoverRoutingArgs,
  type NameObjectives,
} from "./traffic/failover-routing.js";
export {
  type ClusterEndpoint,
  type RoutingCluster,
  RoutingControls,
  type RoutingControlsArgs,
} from "./traffic/routing-controls.js";
export { TakeOverSwitch, type TakeOverSwitchArgs } from "./traffic/take-over-switch.js";
export type { TrafficSwitch } from "./traffic/traffic-switch.js";
export { AuditTrail, type AuditTrailArgs, type TrailCoverage } from "./watching/audit-trail.js";
export { CellCanary, type CellCanaryArgs } from "./watching/cell-canary.js";
export { CellTopics, type CellTopicsArgs } from "./watching/cell-topics.js";
export { CellWatch, type CellWatchArgs } from "./watching/cell-watch.js";
