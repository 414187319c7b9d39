import type { Unknown } from "../services/drs/switches.js";

/** An operation of the API of DRS: how sure what the emulator does for it is, and what that is. */
export interface DescribedOperation {
  readonly name: string;
  readonly marks: Unknown["marks"];
  readonly what: string;
}

function described(
  marks: DescribedOperation["marks"],
  operations: Readonly<Record<string, string>>,
): readonly DescribedOperation[] {
  return Object.entries(operations).map(([name, what]) => ({ name, marks, what }));
}

/**
 * Every operation of the API model of 2020-02-26. Whether it is emulated is for the routes to say.
 * A mark speaks of what the operation does; how it refuses is the model's, or a switch's.
 */
export const describedOperations: readonly DescribedOperation[] = [
  ...described("documented", {
    InitializeService: "Initialises the lane; other operations refuse an account before that.",
    DescribeSourceServers:
      "Servers with state of replication, lag, last launch; filters and pages.",
    DescribeRecoverySnapshots: "Points in time by the server's policy, as far as its data goes.",
    DescribeJobs: "Jobs, newest first; filters by id and time, and no filter by status.",
    DescribeRecoveryInstances: "Instances of drills and recoveries until they are terminated.",
    GetReplicationConfiguration:
      "What was set for the server, and defaults; of an extended one, what its staging account has. Templates are for servers that are added later.",
    UpdateReplicationConfiguration: "Kept and answered; its policy decides the points in time.",
    CreateReplicationConfigurationTemplate: "Kept and answered.",
    DescribeReplicationConfigurationTemplates: "The templates of the lane.",
    UpdateReplicationConfigurationTemplate: "Kept and answered.",
    DeleteReplicationConfigurationTemplate: "The template is gone.",
    GetLaunchConfiguration:
      "What was set for the server, and defaults. Templates are for servers that are added later.",
    UpdateLaunchConfiguration:
      "Kept; the disposition decides whether an instance is started, recovery mode FAST skips conversion, and the instance that it names is launched into.",
    CreateLaunchConfigurationTemplate: "One a lane; the second is over the quota.",
    DescribeLaunchConfigurationTemplates: "The template of the lane.",
    UpdateLaunchConfigurationTemplate: "Kept and answered.",
    DeleteLaunchConfigurationTemplate: "The template is gone.",
    PutLaunchAction:
      "Kept and listed. Active ones of a server with postLaunchEnabled are gone through after its launch, and its job tells their runs; no document of SSM is run. One that fails, or that the caller may not run, fails the launch unless it is optional.",
    ListLaunchActions: "The actions of a server or template, in their order.",
    DeleteLaunchAction: "The action is gone.",
    TagResource: "Adds tags to whatever has an ARN.",
    UntagResource: "Takes tags off.",
    ListTagsForResource: "The tags of one ARN.",
    StartReplication:
      "A full copy of a stopped server from nothing, in an hour or so; no point in time before its end.",
    StopReplication: "Stops it at once, and deletes the server's points in time.",
    DisconnectSourceServer:
      "Ends replication, and with it the points in time; refused while the server has an instance.",
    DeleteSourceServer:
      "Removes a disconnected server, or an extended one, whose staging server replicates on.",
    DeleteJob: "Removes a job that has ended.",
    DisconnectRecoveryInstance:
      "Ends the instance's replication for good; what replicates it back stalls. It runs on.",
    DeleteRecoveryInstance: "Forgets a disconnected instance; it runs on.",
    RetryDataReplication:
      "Begins the initiation of a stalled, stopped or disconnected server anew. Deprecated by AWS.",
    ListStagingAccounts: "Accounts whose servers are extended into this one.",
    ListExtensibleSourceServers:
      "Servers of a staging account that trusts this one, but for those that are extended into it.",
    CreateExtendedSourceServer:
      "A server of its own that replicates as the one in the staging account does. Its launch runs a job there, too.",
    GetFailbackReplicationConfiguration: "What was set for the way back, and defaults.",
    UpdateFailbackReplicationConfiguration: "Kept and answered; it changes no speed.",
    StopFailback:
      "FAILBACK_NOT_STARTED again; stops the server that replicates the instance back, too.",
    CreateSourceNetwork: "Notes the network of a VPC, which nobody looks at. One for each VPC.",
    DescribeSourceNetworks: "Networks with status, stack and last recovery; filters and pages.",
    DeleteSourceNetwork: "Removes a network that does not replicate.",
    StartSourceNetworkReplication: "IN_PROGRESS, and PROTECTED soon.",
    StopSourceNetworkReplication: "STOPPED at once.",
    CreateRecoveryPlan: "Notes a plan without steps; its name is the lane's only one.",
    GetRecoveryPlan: "The plan; INVALID while it has no server step.",
    ListRecoveryPlans: "The plans of the lane, oldest first.",
    UpdateRecoveryPlan: "Another name or description.",
    DeleteRecoveryPlan: "The plan is gone; refused while an execution of it runs.",
    CreateRecoveryPlanStep: "Adds a server or a wait step, last or where stepOrder says.",
    GetRecoveryPlanStep: "The step.",
    ListRecoveryPlanSteps: "The steps of a plan in their order.",
    UpdateRecoveryPlanStep: "Another name, or all servers or minutes anew; never another type.",
    DeleteRecoveryPlanStep: "The step is gone, and those behind it move up.",
    ReorderRecoveryPlanSteps: "Puts all steps of a plan in another order.",
    StartRecoveryPlanExecution:
      "Copies the plan, validates all its servers, then runs step after step, each by StartRecovery for its caller.",
    GetRecoveryPlanExecution: "Where the execution stands.",
    ListRecoveryPlanExecutions: "Executions of a plan or of all; by status, too.",
    CancelRecoveryPlanExecution:
      "Starts no further step; jobs that run go on, and their instances stay.",
    DeleteRecoveryPlanExecution: "Forgets an execution that has ended.",
    GetRecoveryPlanExecutionStep:
      "The step with the job of each server. Codes and texts of errorDetail are ours, but one.",
    ListRecoveryPlanExecutionSteps: "The steps of an execution in their order; by status, too.",
    UpdateRecoveryPlanExecutionStep:
      "Skips a step, or changes the servers or minutes of one that has not started.",
    RetryRecoveryPlanExecutionStep:
      "Recovers the servers of a failed step that did not recover; later steps follow.",
  }),
  ...described("inferred", {
    StartRecovery:
      "One job with its phases, log and launch states; the times are of the one run that is publicly recorded. Quotas, busy servers and missing rights refuse the whole call.",
    DescribeJobLogItems:
      "The events of that run, in its order; failures as the API model names them.",
    TerminateRecoveryInstances:
      "One job that ends instances and then their records; busy servers refuse the whole call.",
    ReverseReplication:
      "A server in the lane of origin that replicates back: a new one, or the former one of an instance that was failed back. A full copy comes first. Only for servers from EC2.",
    StartFailbackLaunch:
      "One job that turns machines outside of AWS into servers again, for instances whose failback client is ready. `failbackClients` of the control endpoint pairs one.",
    StartSourceNetworkRecovery:
      "One job that goes through the events of a deployment or an update, and of the launch templates. No CloudFormation is run, and no launch template is kept.",
    AssociateSourceNetworkStack: "The same without a deployment. Any name of a stack is taken.",
    ExportSourceNetworkCfnTemplate:
      "Where the template would be, in the bucket of the launch template. Nothing is written.",
  }),
];
