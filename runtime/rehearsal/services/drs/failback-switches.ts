import type { PossibleRefusal, SwitchDescriptions } from "./switches.js";

/** What AWS leaves open about the way back. */
export interface FailbackSwitches {
  readonly originNotInitialised: "UninitializedAccountException" | PossibleRefusal;
  readonly originNotInAws: PossibleRefusal;
  readonly reverseTwice: "accepted" | PossibleRefusal;
  readonly serverOverQuota: "ServiceQuotaExceededException" | PossibleRefusal;
  readonly reversedServerTags: "none" | "copied";
  readonly reprotectUsesFormerServer: boolean;
  readonly reversedSyncState: "FAILBACK_NOT_READY_FOR_LAUNCH" | "FAILBACK_IN_PROGRESS";
  readonly drillCompletesFailback: boolean;
  readonly stopFailbackStopsReversed: boolean;
  readonly terminateWhileReversed: "accepted" | PossibleRefusal;
  readonly failbackNotReady: PossibleRefusal;
  readonly unknownFailbackInstance: PossibleRefusal;
  readonly deleteUnknownInstance: PossibleRefusal;
  readonly disconnectTwice: "accepted" | PossibleRefusal;
  readonly instanceDurations: "absent" | "duration";
}

export const failbackDefaults: FailbackSwitches = {
  originNotInitialised: "UninitializedAccountException",
  originNotInAws: "ValidationException",
  reverseTwice: "ConflictException",
  serverOverQuota: "ConflictException",
  reversedServerTags: "none",
  reprotectUsesFormerServer: true,
  reversedSyncState: "FAILBACK_NOT_READY_FOR_LAUNCH",
  drillCompletesFailback: true,
  stopFailbackStopsReversed: true,
  terminateWhileReversed: "ConflictException",
  failbackNotReady: "ConflictException",
  unknownFailbackInstance: "ValidationException",
  deleteUnknownInstance: "ConflictException",
  disconnectTwice: "accepted",
  instanceDurations: "absent",
};

export const failbackDescriptions: SwitchDescriptions<FailbackSwitches> = {
  originNotInitialised: {
    marks: "inferred",
    what: "Answer of ReverseReplication when DRS was never used in the origin Region, which AWS asks for.",
  },
  originNotInAws: {
    marks: "unknown",
    what: "Answer of ReverseReplication for a server that did not come from EC2, to which it does not apply.",
  },
  reverseTwice: {
    marks: "unknown",
    what: "Answer of ReverseReplication for an instance that is replicated back already.",
  },
  serverOverQuota: {
    marks: "unknown",
    what: "Answer of ReverseReplication when the far Region has no room for one more server. It declares no 402.",
  },
  reversedServerTags: {
    marks: "unknown",
    what: "Whether the server that ReverseReplication creates has the tags of the one it mirrors.",
  },
  reprotectUsesFormerServer: {
    marks: "inferred",
    what: "Whether ReverseReplication of a failed-back instance revives the first source server, or creates another.",
  },
  reversedSyncState: {
    marks: "inferred",
    what: "Failback state of an instance while its reversed replication is not ready for a launch.",
  },
  drillCompletesFailback: {
    marks: "unknown",
    what: "Whether a drill of the way back ends in FAILBACK_COMPLETED, or in READY_FOR_LAUNCH again.",
  },
  stopFailbackStopsReversed: {
    marks: "unknown",
    what: "Whether StopFailback stops the reversed source server too, where there is one.",
  },
  terminateWhileReversed: {
    marks: "documented",
    what: "Answer to terminating an instance that is replicated back. The user guide asks to stop that first; the error is chosen.",
  },
  failbackNotReady: {
    marks: "inferred",
    what: "Answer of StartFailbackLaunch for an instance whose failback state is another than READY_FOR_LAUNCH.",
  },
  unknownFailbackInstance: {
    marks: "inferred",
    what: "Answer of StartFailbackLaunch to an instance that does not exist. It declares no 404.",
  },
  deleteUnknownInstance: {
    marks: "inferred",
    what: "Answer of DeleteRecoveryInstance to an instance that does not exist. It declares no 404.",
  },
  disconnectTwice: {
    marks: "unknown",
    what: "Answer of DisconnectRecoveryInstance for an instance that is disconnected already.",
  },
  instanceDurations: {
    marks: "unknown",
    what: "Whether recovery instances tell lag and time replicated. The API model types both as moments.",
  },
};
