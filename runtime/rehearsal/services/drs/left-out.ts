/** Operations that AWS documents and the emulator refuses with 501 NotEmulated. */
export interface LeftOut {
  readonly family: string;
  readonly operations: readonly string[];
}

/** Every operation of the published API that is not emulated, by family. */
export const leftOut: readonly LeftOut[] = [
  {
    family: "replication that begins anew",
    operations: ["RetryDataReplication", "StartReplication"],
  },
  {
    family: "staging accounts",
    operations: [
      "CreateExtendedSourceServer",
      "ListExtensibleSourceServers",
      "ListStagingAccounts",
    ],
  },
  {
    family: "source networks",
    operations: [
      "AssociateSourceNetworkStack",
      "CreateSourceNetwork",
      "DeleteSourceNetwork",
      "DescribeSourceNetworks",
      "ExportSourceNetworkCfnTemplate",
      "StartSourceNetworkRecovery",
      "StartSourceNetworkReplication",
      "StopSourceNetworkReplication",
    ],
  },
  {
    family: "native recovery plans",
    operations: [
      "CancelRecoveryPlanExecution",
      "CreateRecoveryPlan",
      "CreateRecoveryPlanStep",
      "DeleteRecoveryPlan",
      "DeleteRecoveryPlanExecution",
      "DeleteRecoveryPlanStep",
      "GetRecoveryPlan",
      "GetRecoveryPlanExecution",
      "GetRecoveryPlanExecutionStep",
      "GetRecoveryPlanStep",
      "ListRecoveryPlanExecutionSteps",
      "ListRecoveryPlanExecutions",
      "ListRecoveryPlanSteps",
      "ListRecoveryPlans",
      "ReorderRecoveryPlanSteps",
      "RetryRecoveryPlanExecutionStep",
      "StartRecoveryPlanExecution",
      "UpdateRecoveryPlan",
      "UpdateRecoveryPlanExecutionStep",
      "UpdateRecoveryPlanStep",
    ],
  },
];
