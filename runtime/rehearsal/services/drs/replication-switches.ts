import type { PossibleRefusal, SwitchDescriptions } from "./switches.js";

/** What AWS leaves open about how replication begins, goes on and ends. */
export interface ReplicationSwitches {
  readonly defaultReplicationServerType: string;
  readonly defaultLargeStagingDisk: "GP2" | "GP3" | "ST1" | "AUTO";
  readonly defaultEbsEncryption: "DEFAULT" | "NONE";
  readonly defaultDataPlaneRouting: "PRIVATE_IP" | "PUBLIC_IP";
  readonly customKeyIsMandatory: boolean;
  readonly initiationSeconds: number;
  readonly initiationRetrySeconds: number;
  readonly syncSecondsFrom: number;
  readonly syncSecondsTo: number;
  readonly firstSnapshotSeconds: number;
  readonly catchUpMebibytesPerSecond: number;
  readonly replicationEndedTwice: "accepted" | PossibleRefusal;
  readonly replicationStartedTwice: "accepted" | PossibleRefusal;
  readonly retryWhileReplicating: "accepted" | PossibleRefusal;
  readonly retryOfStalled: "rescan" | "full-copy";
  readonly startOverQuota: "ServiceQuotaExceededException" | PossibleRefusal;
}

export const replicationDefaults: ReplicationSwitches = {
  defaultReplicationServerType: "t3.small",
  defaultLargeStagingDisk: "GP3",
  defaultEbsEncryption: "DEFAULT",
  defaultDataPlaneRouting: "PRIVATE_IP",
  customKeyIsMandatory: true,
  initiationSeconds: 300,
  initiationRetrySeconds: 600,
  syncSecondsFrom: 1_200,
  syncSecondsTo: 3_600,
  firstSnapshotSeconds: 60,
  catchUpMebibytesPerSecond: 50,
  replicationEndedTwice: "ConflictException",
  replicationStartedTwice: "ConflictException",
  retryWhileReplicating: "ValidationException",
  retryOfStalled: "rescan",
  startOverQuota: "ConflictException",
};

export const replicationDescriptions: SwitchDescriptions<ReplicationSwitches> = {
  defaultReplicationServerType: {
    marks: "unknown",
    what: "Type of replication servers where neither server nor template says one.",
  },
  defaultLargeStagingDisk: {
    marks: "unknown",
    what: "Type of large staging disks where nothing is said.",
  },
  defaultEbsEncryption: {
    marks: "unknown",
    what: "Encryption of staging disks where nothing is said.",
  },
  defaultDataPlaneRouting: {
    marks: "unknown",
    what: "Way of replicated data where nothing is said.",
  },
  customKeyIsMandatory: {
    marks: "inferred",
    what: "Whether ebsEncryption CUSTOM is refused without a key.",
  },
  initiationSeconds: {
    marks: "unknown",
    what: "From the start of a replication to the first byte: replication server, staging disks, pairing.",
  },
  initiationRetrySeconds: {
    marks: "unknown",
    what: "After how long nextAttemptDateTime lies, where a step of the initiation failed.",
  },
  syncSecondsFrom: {
    marks: "unknown",
    what: "Shortest time of a first full copy, or of reading all again. In AWS it depends on disks and bandwidth.",
  },
  syncSecondsTo: { marks: "unknown", what: "Longest time of the same." },
  firstSnapshotSeconds: {
    marks: "unknown",
    what: "How long a server is in CREATING_SNAPSHOT between its first full copy and CONTINUOUS.",
  },
  catchUpMebibytesPerSecond: {
    marks: "unknown",
    what: "Rate by which etaDateTime is told of a declared first copy, backlog or rescan.",
  },
  replicationEndedTwice: {
    marks: "unknown",
    what: "Answer to stopping a server that is stopped, and to stopping or disconnecting one that is disconnected.",
  },
  replicationStartedTwice: {
    marks: "inferred",
    what: "Answer of StartReplication for a server that is not stopped; AWS speaks of stopped ones alone. Never accepted for an extended server.",
  },
  retryWhileReplicating: {
    marks: "inferred",
    what: "Answer of RetryDataReplication for a server that is neither stalled nor stopped nor disconnected, to which it does not apply. It declares no 409.",
  },
  retryOfStalled: {
    marks: "unknown",
    what: "Whether RetryDataReplication of a stalled server that has data reads it again and keeps its points in time, or copies all anew.",
  },
  startOverQuota: {
    marks: "unknown",
    what: "Answer of StartReplication and RetryDataReplication when the lane has no room for one more replicating server. Neither declares 402; the latter no 409, and answers 400 instead of it.",
  },
};
