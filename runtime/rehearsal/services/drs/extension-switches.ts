import type { PossibleRefusal, SwitchDescriptions } from "./switches.js";

/** What AWS leaves open about staging accounts and extended source servers. */
export interface ExtensionSwitches {
  readonly stagingNotTrusting: "AccessDeniedException" | "ValidationException";
  readonly extendedTwice: "ValidationException" | "ResourceNotFoundException";
  readonly notExtensible: "ValidationException" | "ResourceNotFoundException";
  readonly extendedServerTags: "none" | "copied";
  readonly extendedReplicationChanged: PossibleRefusal;
  readonly extendedNeedsOwnKey: boolean;
  readonly conversionJobs: "one-an-account" | "one-a-server";
  readonly conversionJobsCount: boolean;
  readonly stagingWithoutRoom: "conversion-fails" | "call-refused";
  readonly extendedFailbackEnds: "STOPPED" | "DISCONNECTED" | "nothing";
}

export const extensionDefaults: ExtensionSwitches = {
  stagingNotTrusting: "AccessDeniedException",
  extendedTwice: "ValidationException",
  notExtensible: "ValidationException",
  extendedServerTags: "none",
  extendedReplicationChanged: "ConflictException",
  extendedNeedsOwnKey: false,
  conversionJobs: "one-an-account",
  conversionJobsCount: true,
  stagingWithoutRoom: "conversion-fails",
  extendedFailbackEnds: "STOPPED",
};

export const extensionDescriptions: SwitchDescriptions<ExtensionSwitches> = {
  stagingNotTrusting: {
    marks: "inferred",
    what: "Answer to listing or extending servers of an account that has no role for the caller's account.",
  },
  extendedTwice: {
    marks: "unknown",
    what: "Answer to extending a server again into the same account. CreateExtendedSourceServer declares no 409.",
  },
  notExtensible: {
    marks: "inferred",
    what: "Answer to extending an extended server, one of the own account, or one of another Region.",
  },
  extendedServerTags: {
    marks: "unknown",
    what: "Whether an extended server begins with the tags of the server in its staging account, below those of the call.",
  },
  extendedReplicationChanged: {
    marks: "inferred",
    what: "Answer to starting, stopping, disconnecting or configuring the replication of an extended server, which its staging account alone can. RetryDataReplication declares no 409, and answers 400 instead of it.",
  },
  extendedNeedsOwnKey: {
    marks: "documented",
    what: "Whether an extended server can only be launched when its volumes are not encrypted with the default key of the staging account. AWS's own default key cannot be shared, one of the customer's can; which one it is, the emulator does not know.",
  },
  conversionJobs: {
    marks: "unknown",
    what: "How many jobs a launch of extended servers starts in a staging account: one, or one for each server.",
  },
  conversionJobsCount: {
    marks: "inferred",
    what: "Whether these jobs count in the 20 jobs and 500 servers of the staging account.",
  },
  stagingWithoutRoom: {
    marks: "unknown",
    what: "What happens when the staging account has no room for such a job, or one of its servers is in another: the server's launch fails in its conversion, or StartRecovery is refused.",
  },
  extendedFailbackEnds: {
    marks: "documented",
    what: "Replication of the server in the staging account after a failback of the extended one. AWS says that its agent stops; the state is chosen.",
  },
};
