import type { DrsSwitches } from "./switches.js";

/** Whole numbers, both ends included. */
interface Range {
  readonly min: number;
  readonly max: number;
}

/** What a switch that is set from outside can be. */
export type SwitchValues = readonly string[] | Range | "flag" | "text" | "texts" | "check-order";

/** Keeps the values of a switch within its type. */
type ValuesOf<T> = [T] extends [boolean]
  ? "flag"
  : [T] extends [number]
    ? Range
    : [T] extends [string]
      ? TextsOf<T>
      : "texts" | "check-order";

type TextsOf<T extends string> = string extends T ? "text" : readonly [T, ...T[]];

const refusals = ["ResourceNotFoundException", "ValidationException", "ConflictException"] as const;
const orRefused = ["accepted", ...refusals] as const;
const orOverQuota = ["ServiceQuotaExceededException", ...refusals] as const;
const seconds = { min: 0, max: 7 * 86_400 } as const;

/** What each switch can be. */
export const switchValues: { readonly [K in keyof DrsSwitches]: ValuesOf<DrsSwitches[K]> } = {
  timestampSuffix: ["+00:00", "Z"],
  defaultPageSize: { min: 1, max: 10_000 },
  maxPageSize: { min: 1, max: 10_000 },
  checkOrder: "check-order",
  terminateJobsCount: "flag",
  placesHeldUntil: ["job-end", "server-end"],
  unknownServer: refusals,
  unknownInstance: refusals,
  unknownSnapshot: refusals,
  duplicateServers: ["merge", ...refusals],
  serverNotReady: ["launch-failed", ...refusals],
  conflictNamesServer: "flag",
  instanceInJob: ["never", "terminate", "always"],
  instanceVisibleFrom: ["launch-start", "launch-end"],
  formerInstanceReplacedAt: ["cleanup", "launch-end"],
  cleanupSeconds: seconds,
  terminateSecondsFrom: seconds,
  terminateSecondsTo: seconds,
  jobVisibleAfterSeconds: seconds,
  snapshotOrder: ["ASC", "DESC"],
  launchEndIsLogged: "flag",
  createRecoveryInstanceIsAsked: "flag",
  launchRights: ["published", "essential"],
  initializeAsksIam: "flag",
  launchActionsOverQuota: refusals,
  commandDocuments: "texts",
  launchActionsAskCaller: "flag",
  launchAwaitsActions: "flag",
  ssmDiscoverySeconds: seconds,
  launchActionSeconds: seconds,
  launchIntoInstance: ["existing-instance", "launch-failed", "new-instance"],
  tagsOverLimit: refusals,
  jobsKeptSeconds: { min: 0, max: 366 * 86_400 },
  undeclaredInvalidInput: refusals,
  defaultReplicationServerType: "text",
  defaultLargeStagingDisk: ["GP2", "GP3", "ST1", "AUTO"],
  defaultEbsEncryption: ["DEFAULT", "NONE"],
  defaultDataPlaneRouting: ["PRIVATE_IP", "PUBLIC_IP"],
  customKeyIsMandatory: "flag",
  initiationSeconds: seconds,
  initiationRetrySeconds: { min: 1, max: seconds.max },
  syncSecondsFrom: seconds,
  syncSecondsTo: seconds,
  firstSnapshotSeconds: seconds,
  catchUpMebibytesPerSecond: { min: 1, max: 1_000_000 },
  replicationEndedTwice: orRefused,
  replicationStartedTwice: orRefused,
  retryWhileReplicating: orRefused,
  retryOfStalled: ["rescan", "full-copy"],
  startOverQuota: orOverQuota,
  stagingNotTrusting: ["AccessDeniedException", "ValidationException"],
  extendedTwice: ["ValidationException", "ResourceNotFoundException"],
  notExtensible: ["ValidationException", "ResourceNotFoundException"],
  extendedServerTags: ["none", "copied"],
  extendedReplicationChanged: refusals,
  extendedNeedsOwnKey: "flag",
  conversionJobs: ["one-an-account", "one-a-server"],
  conversionJobsCount: "flag",
  stagingWithoutRoom: ["conversion-fails", "call-refused"],
  extendedFailbackEnds: ["STOPPED", "DISCONNECTED", "nothing"],
  originNotInitialised: ["UninitializedAccountException", ...refusals],
  originNotInAws: refusals,
  reverseTwice: orRefused,
  serverOverQuota: orOverQuota,
  reversedServerTags: ["none", "copied"],
  reprotectUsesFormerServer: "flag",
  reversedSyncState: ["FAILBACK_NOT_READY_FOR_LAUNCH", "FAILBACK_IN_PROGRESS"],
  drillCompletesFailback: "flag",
  stopFailbackStopsReversed: "flag",
  terminateWhileReversed: orRefused,
  failbackNotReady: refusals,
  unknownFailbackInstance: refusals,
  deleteUnknownInstance: refusals,
  disconnectTwice: orRefused,
  instanceDurations: ["absent", "duration"],
  sourceNetworkBegins: ["STOPPED", "IN_PROGRESS"],
  networkSyncSeconds: seconds,
  networkOfVpcTwice: orRefused,
  networkMovedTwice: orRefused,
  deleteReplicatingNetwork: orRefused,
  networkNotProtected: orRefused,
  unknownNetwork: refusals,
  networkDeploySeconds: seconds,
  launchTemplateSeconds: seconds,
  planRequestRefused: refusals,
  planStateRefused: refusals,
  planOverQuota: orOverQuota,
  planServerUnknown: refusals,
  planTokenReused: refusals,
  planWithoutSteps: ["INVALID", "ACTIVE"],
  planWaitFirstByDeletion: orRefused,
  planStepArns: ["within-plan", "of-their-own"],
  planTouchedBySteps: "flag",
  planDeletionSeconds: seconds,
  planDeletionKeepsExecutions: "flag",
  planExecutionOrder: ["newest-first", "oldest-first"],
  planAsksStartRecovery: "flag",
  planValidationSeconds: seconds,
  planStalledServer: ["accepted", "refused"],
  planStepGapSeconds: seconds,
  planJobs: ["per-step", "per-server"],
  planJobTags: ["none", "of-execution"],
  planStepOverQuota: ["fails", "waits"],
  planCancelEndsWait: "flag",
  planTimeLimitStatus: ["TIMED_OUT", "FAILED"],
  planSkipOfTimedOut: orRefused,
};
