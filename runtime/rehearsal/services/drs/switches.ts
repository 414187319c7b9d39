import {
  type ExtensionSwitches,
  extensionDefaults,
  extensionDescriptions,
} from "./extension-switches.js";
import {
  type FailbackSwitches,
  failbackDefaults,
  failbackDescriptions,
} from "./failback-switches.js";
import type { LaunchRights } from "./launch-rights.js";
import { type NetworkSwitches, networkDefaults, networkDescriptions } from "./network-switches.js";
import { type PlanSwitches, planDefaults, planDescriptions } from "./plans/switches.js";
import {
  type ReplicationSwitches,
  replicationDefaults,
  replicationDescriptions,
} from "./replication-switches.js";

/** Checks of a call that starts a job, after its body proved valid. The first that fails decides. */
export type CheckName =
  | "existence"
  | "readiness"
  | "conflict"
  | "serversPerJob"
  | "concurrentJobs"
  | "serversInAllJobs";

/** Errors that could answer what AWS does not document. */
export type PossibleRefusal =
  | "ResourceNotFoundException"
  | "ValidationException"
  | "ConflictException";

/** Behaviour of DRS that cannot be read in its documentation for certain, each a switch. */
export interface DrsSwitches
  extends ReplicationSwitches,
    ExtensionSwitches,
    FailbackSwitches,
    NetworkSwitches,
    PlanSwitches {
  readonly timestampSuffix: "+00:00" | "Z";
  readonly defaultPageSize: number;
  readonly maxPageSize: number;
  readonly checkOrder: readonly CheckName[];
  readonly terminateJobsCount: boolean;
  readonly placesHeldUntil: "job-end" | "server-end";
  readonly unknownServer: PossibleRefusal;
  readonly unknownInstance: PossibleRefusal;
  readonly unknownSnapshot: PossibleRefusal;
  readonly duplicateServers: "merge" | PossibleRefusal;
  readonly serverNotReady: "launch-failed" | PossibleRefusal;
  readonly conflictNamesServer: boolean;
  readonly instanceInJob: "never" | "terminate" | "always";
  readonly instanceVisibleFrom: "launch-start" | "launch-end";
  readonly formerInstanceReplacedAt: "cleanup" | "launch-end";
  readonly cleanupSeconds: number;
  readonly terminateSecondsFrom: number;
  readonly terminateSecondsTo: number;
  readonly jobVisibleAfterSeconds: number;
  readonly snapshotOrder: "ASC" | "DESC";
  readonly launchEndIsLogged: boolean;
  readonly createRecoveryInstanceIsAsked: boolean;
  readonly launchRights: LaunchRights;
  readonly initializeAsksIam: boolean;
  readonly launchActionsOverQuota: PossibleRefusal;
  readonly commandDocuments: readonly string[];
  readonly launchActionsAskCaller: boolean;
  readonly launchAwaitsActions: boolean;
  readonly ssmDiscoverySeconds: number;
  readonly launchActionSeconds: number;
  readonly launchIntoInstance: "existing-instance" | "launch-failed" | "new-instance";
  readonly tagsOverLimit: PossibleRefusal;
  readonly jobsKeptSeconds: number;
  readonly undeclaredInvalidInput: PossibleRefusal;
}

/** One switch for the docs: how sure its default is, and what it decides. */
export interface Unknown {
  readonly name: keyof DrsSwitches;
  readonly default: DrsSwitches[keyof DrsSwitches];
  /** `documented`: said by AWS or captured from it; `inferred`: follows from what is; `unknown`: chosen. */
  readonly marks: "documented" | "inferred" | "unknown";
  readonly what: string;
}

/** What is told of each switch of a family. */
export type SwitchDescriptions<T> = Readonly<Record<keyof T, Pick<Unknown, "marks" | "what">>>;

export const defaultSwitches: DrsSwitches = {
  timestampSuffix: "+00:00",
  defaultPageSize: 50,
  maxPageSize: 1_000,
  checkOrder: [
    "existence",
    "readiness",
    "conflict",
    "serversPerJob",
    "concurrentJobs",
    "serversInAllJobs",
  ],
  terminateJobsCount: true,
  placesHeldUntil: "job-end",
  unknownServer: "ResourceNotFoundException",
  unknownInstance: "ResourceNotFoundException",
  unknownSnapshot: "ResourceNotFoundException",
  duplicateServers: "merge",
  serverNotReady: "ConflictException",
  conflictNamesServer: false,
  instanceInJob: "terminate",
  instanceVisibleFrom: "launch-end",
  formerInstanceReplacedAt: "cleanup",
  cleanupSeconds: 20,
  terminateSecondsFrom: 45,
  terminateSecondsTo: 90,
  jobVisibleAfterSeconds: 0,
  snapshotOrder: "ASC",
  launchEndIsLogged: true,
  createRecoveryInstanceIsAsked: true,
  launchRights: "published",
  initializeAsksIam: true,
  launchActionsOverQuota: "ValidationException",
  commandDocuments: [
    "AWS-ConfigureAWSPackage",
    "AWS-InstallApplication",
    "AWS-RunPatchBaseline",
    "AWS-RunPowerShellScript",
    "AWS-RunRemoteScript",
    "AWS-RunShellScript",
    "AWS-UpdateSSMAgent",
  ],
  launchActionsAskCaller: true,
  launchAwaitsActions: true,
  ssmDiscoverySeconds: 60,
  launchActionSeconds: 60,
  launchIntoInstance: "existing-instance",
  tagsOverLimit: "ValidationException",
  jobsKeptSeconds: 0,
  undeclaredInvalidInput: "ValidationException",
  ...replicationDefaults,
  ...extensionDefaults,
  ...failbackDefaults,
  ...networkDefaults,
  ...planDefaults,
};

const descriptions: SwitchDescriptions<DrsSwitches> = {
  timestampSuffix: {
    marks: "documented",
    what: "How timestamps end. A capture of 2022 has +00:00, newer samples of the user guide Z.",
  },
  defaultPageSize: { marks: "unknown", what: "Items of a page when maxResults is not given." },
  maxPageSize: {
    marks: "unknown",
    what: "Most items of a page. The API model has no bound; larger requests get this many.",
  },
  checkOrder: {
    marks: "inferred",
    what: "Which refusal wins when several apply: 404, not ready, 409, then the three 402.",
  },
  terminateJobsCount: {
    marks: "inferred",
    what: "Whether terminate jobs count in 20 jobs and 500 servers. AWS says so of the sister service MGN.",
  },
  placesHeldUntil: {
    marks: "inferred",
    what: "Whether a server that has ended holds its place and stays busy until its job ends.",
  },
  unknownServer: {
    marks: "unknown",
    what: "Answer to a source server that does not exist. StartRecovery declares neither 404 nor 400.",
  },
  unknownInstance: {
    marks: "unknown",
    what: "Answer to a recovery instance that does not exist, in TerminateRecoveryInstances.",
  },
  unknownSnapshot: {
    marks: "unknown",
    what: "Answer to a point in time that does not exist any more, in StartRecovery.",
  },
  duplicateServers: {
    marks: "unknown",
    what: "Whether a server that is named twice in one call is taken once, or refused.",
  },
  serverNotReady: {
    marks: "unknown",
    what: "Whether never synchronised, stopped and disconnected servers are refused, or fail in their job.",
  },
  conflictNamesServer: {
    marks: "unknown",
    what: "Whether a 409 names the busy server in resourceId. Its observed message does not.",
  },
  instanceInJob: {
    marks: "unknown",
    what: "Which jobs name recovery instances in participatingServers. Captured launch jobs did not.",
  },
  instanceVisibleFrom: {
    marks: "unknown",
    what: "When DescribeRecoveryInstances first shows the instance of a running launch.",
  },
  formerInstanceReplacedAt: {
    marks: "inferred",
    what: "When a launch removes the server's former instance: in a clean-up before the snapshot, or at its own end.",
  },
  cleanupSeconds: {
    marks: "unknown",
    what: "How long the clean-up before a relaunch takes.",
  },
  terminateSecondsFrom: {
    marks: "unknown",
    what: "Shortest time in which a terminate job ends an instance.",
  },
  terminateSecondsTo: {
    marks: "unknown",
    what: "Longest time in which a terminate job ends an instance.",
  },
  jobVisibleAfterSeconds: {
    marks: "unknown",
    what: "How long a new job is missing from DescribeJobs.",
  },
  snapshotOrder: {
    marks: "unknown",
    what: "Order of DescribeRecoverySnapshots when the call names none.",
  },
  launchEndIsLogged: {
    marks: "documented",
    what: "Whether job logs hold LAUNCH_END, which real jobs emit and the API model does not list.",
  },
  launchRights: {
    marks: "inferred",
    what: "Rights in EC2, KMS and IAM that a launch asks of who called StartRecovery: all that AWS's own policy grants, or those without which none succeeds.",
  },
  createRecoveryInstanceIsAsked: {
    marks: "inferred",
    what: "Whether StartRecovery asks drs:CreateRecoveryInstanceForDrs of its caller.",
  },
  initializeAsksIam: {
    marks: "inferred",
    what: "Whether InitializeService asks its caller for the service-linked role and the instance profiles that it creates. The Service Authorization Reference said so in December 2025; which profiles, is inferred.",
  },
  commandDocuments: {
    marks: "unknown",
    what: "Documents of SSM that launch actions tell as SSM_COMMAND; all others are SSM_AUTOMATION. DRS asks SSM, which is not emulated.",
  },
  launchActionsAskCaller: {
    marks: "inferred",
    what: "Whether an action fails whose rights in SSM the caller of StartRecovery lacks. The user guide says that automations run with the caller's credentials and that commands need the same policy; which right is asked when, is inferred.",
  },
  launchAwaitsActions: {
    marks: "unknown",
    what: "Whether a server is LAUNCHED, and its job ends, only when its launch actions have ended. When not, a failed action fails no launch.",
  },
  ssmDiscoverySeconds: {
    marks: "unknown",
    what: "From the launch of an instance to the discovery of SSM's agent on it, before its first launch action.",
  },
  launchActionSeconds: { marks: "unknown", what: "How long each launch action takes." },
  launchActionsOverQuota: {
    marks: "unknown",
    what: "Answer to the 201st launch action of a resource. PutLaunchAction declares no 402.",
  },
  launchIntoInstance: {
    marks: "inferred",
    what: "What becomes of a launch whose settings name an existing instance: that one is launched into, and taken to be tagged AWSDRS, stopped and fit; the launch fails as without the tag; or the setting is ignored.",
  },
  tagsOverLimit: {
    marks: "unknown",
    what: "Answer to the 51st tag of a resource. TagResource declares no 402.",
  },
  jobsKeptSeconds: {
    marks: "unknown",
    what: "How long after its end a job is found by DescribeJobs and DescribeJobLogItems; 0 is for ever.",
  },
  undeclaredInvalidInput: {
    marks: "inferred",
    what: "Answer to an input that the model forbids, of the 20 operations that declare no ValidationException; StartRecovery and TerminateRecoveryInstances are among them.",
  },
  ...replicationDescriptions,
  ...extensionDescriptions,
  ...failbackDescriptions,
  ...networkDescriptions,
  ...planDescriptions,
};

/** Every switch, for docs. */
export const unknowns: readonly Unknown[] = (
  Object.keys(descriptions) as readonly (keyof DrsSwitches)[]
).map((name) => ({ name, default: defaultSwitches[name], ...descriptions[name] }));
