import type { PossibleRefusal, SwitchDescriptions } from "../switches.js";

/** What AWS leaves open about its own recovery plans. */
export interface PlanSwitches {
  readonly planRequestRefused: PossibleRefusal;
  readonly planStateRefused: PossibleRefusal;
  readonly planOverQuota: "ServiceQuotaExceededException" | PossibleRefusal;
  readonly planServerUnknown: PossibleRefusal;
  readonly planTokenReused: PossibleRefusal;
  readonly planWithoutSteps: "INVALID" | "ACTIVE";
  readonly planWaitFirstByDeletion: "accepted" | PossibleRefusal;
  readonly planStepArns: "within-plan" | "of-their-own";
  readonly planTouchedBySteps: boolean;
  readonly planDeletionSeconds: number;
  readonly planDeletionKeepsExecutions: boolean;
  readonly planExecutionOrder: "newest-first" | "oldest-first";
  readonly planAsksStartRecovery: boolean;
  readonly planValidationSeconds: number;
  readonly planStalledServer: "accepted" | "refused";
  readonly planStepGapSeconds: number;
  readonly planJobs: "per-step" | "per-server";
  readonly planJobTags: "none" | "of-execution";
  readonly planStepOverQuota: "fails" | "waits";
  readonly planCancelEndsWait: boolean;
  readonly planTimeLimitStatus: "TIMED_OUT" | "FAILED";
  readonly planSkipOfTimedOut: "accepted" | PossibleRefusal;
}

export const planDefaults: PlanSwitches = {
  planRequestRefused: "ValidationException",
  planStateRefused: "ConflictException",
  planOverQuota: "ServiceQuotaExceededException",
  planServerUnknown: "ResourceNotFoundException",
  planTokenReused: "ConflictException",
  planWithoutSteps: "INVALID",
  planWaitFirstByDeletion: "accepted",
  planStepArns: "within-plan",
  planTouchedBySteps: true,
  planDeletionSeconds: 0,
  planDeletionKeepsExecutions: true,
  planExecutionOrder: "newest-first",
  planAsksStartRecovery: true,
  planValidationSeconds: 2,
  planStalledServer: "accepted",
  planStepGapSeconds: 1,
  planJobs: "per-step",
  planJobTags: "none",
  planStepOverQuota: "fails",
  planCancelEndsWait: false,
  planTimeLimitStatus: "TIMED_OUT",
  planSkipOfTimedOut: "ConflictException",
};

export const planDescriptions: SwitchDescriptions<PlanSwitches> = {
  planRequestRefused: {
    marks: "inferred",
    what: "Answer to what the rules of recovery plans forbid: a wait step first, a server in two steps or of another lane, another type of step, an incomplete order.",
  },
  planStateRefused: {
    marks: "inferred",
    what: "Answer to what the state of a plan, an execution or a step forbids, and to a name that is taken. For starting an execution AWS says 409.",
  },
  planOverQuota: {
    marks: "inferred",
    what: "Answer to the 1,001st plan, the 21st step and the 101st server of a plan. Operations that declare no 402 answer as planRequestRefused says.",
  },
  planServerUnknown: {
    marks: "unknown",
    what: "Answer to a step of a plan that names a source server which does not exist.",
  },
  planTokenReused: {
    marks: "unknown",
    what: "Answer to a clientToken that comes again with another request. With the same one it is answered as before.",
  },
  planWithoutSteps: {
    marks: "inferred",
    what: "Status of a plan that has no step yet. The user guide tells it of plans whose last server step was deleted.",
  },
  planWaitFirstByDeletion: {
    marks: "unknown",
    what: "Answer to deleting the step before a wait step that would then be first, where such a step is forbidden.",
  },
  planStepArns: {
    marks: "unknown",
    what: "Whether the ARN of a step lies below that of its plan or execution, or is of a kind of its own. The API model fits both.",
  },
  planTouchedBySteps: {
    marks: "unknown",
    what: "Whether updatedAt of a plan moves when its steps change.",
  },
  planDeletionSeconds: {
    marks: "unknown",
    what: "How long a plan that is deleted can still be seen, and not be started.",
  },
  planDeletionKeepsExecutions: {
    marks: "unknown",
    what: "Whether the executions of a deleted plan can still be read.",
  },
  planExecutionOrder: {
    marks: "unknown",
    what: "Order in which ListRecoveryPlanExecutions tells executions.",
  },
  planAsksStartRecovery: {
    marks: "inferred",
    what: "Whether StartRecoveryPlanExecution asks drs:StartRecovery of its caller, for every server of the plan.",
  },
  planValidationSeconds: {
    marks: "unknown",
    what: "How long the servers of an execution are validated while it is CREATED.",
  },
  planStalledServer: {
    marks: "unknown",
    what: "Whether a server whose replication stalls fails the validation. One page of the user guide names it, the list of checks does not.",
  },
  planStepGapSeconds: {
    marks: "unknown",
    what: "From the end of a step to the start of the next one, and from a retry to its job.",
  },
  planJobs: {
    marks: "inferred",
    what: "Jobs of a server step. The user guide speaks of a job for every server, and of a single request for all servers of a step.",
  },
  planJobTags: {
    marks: "unknown",
    what: "Whether the jobs of an execution have the execution's tags.",
  },
  planStepOverQuota: {
    marks: "unknown",
    what: "Whether a step whose job is over a quota fails, or tries again every minute. A plan raises or bypasses no quota.",
  },
  planCancelEndsWait: {
    marks: "unknown",
    what: "Whether a wait step that runs when its execution is cancelled ends at once. Server steps run to their end.",
  },
  planTimeLimitStatus: {
    marks: "documented",
    what: "Status of an execution that reached its 24 hours. The user guide says TIMED_OUT, which the API model does not list.",
  },
  planSkipOfTimedOut: {
    marks: "unknown",
    what: "Answer to skipping a step that timed out. One page of the user guide allows it, another one forbids it.",
  },
};
