import { allow, type PolicyDocument, policyDocument, type Statement } from "./document.js";
import { launchStatements } from "./launch-statements.js";
import { drsArns, inRegions, partitionOfScope, type SpokeScope } from "./spoke-scope.js";

/** What the hub may read in a spoke: servers, jobs, recovery instances, quotas, metrics. */
export function readPolicy(scope: SpokeScope): PolicyDocument {
  return policyDocument(...readStatements(scope));
}

/**
 * What the hub may do in a spoke to drill and to recover: all that it may read, start recoveries,
 * terminate recovery instances, and what DRS does in EC2 with the caller's rights.
 */
export function recoveryPolicy(scope: SpokeScope): PolicyDocument {
  const servers = drsArns(scope, "source-server");
  const here = inRegions(scope);
  return policyDocument(
    ...readStatements(scope),
    allow("Recover", ["drs:CreateRecoveryInstanceForDrs", "drs:StartRecovery"], servers, here),
    allow("CleanUp", ["drs:TerminateRecoveryInstances"], drsArns(scope, "recovery-instance"), here),
    // StartRecovery with tags is denied on the source server without it.
    allow(
      "TagRecoveries",
      ["drs:TagResource"],
      drsArns(scope, "job", "recovery-instance", "source-server"),
      here,
    ),
    ...launchStatements(scope),
  );
}

/** Source of what has resource types and what has none: Service Authorization Reference. */
function readStatements(scope: SpokeScope): readonly Statement[] {
  const here = inRegions(scope);
  const quotas = `arn:${partitionOfScope(scope)}:servicequotas:*:${scope.account}:drs/*`;
  return [
    // None of these has a resource type that could bound it; the Region does.
    allow(
      "ReadLanes",
      [
        "cloudwatch:GetMetricData",
        "drs:DescribeJobs",
        "drs:DescribeRecoveryInstances",
        "drs:DescribeSourceServers",
        "drs:ListExtensibleSourceServers",
        "drs:ListStagingAccounts",
        "drs:ListTagsForResource",
        "ec2:DescribeInstances", // DescribeRecoveryInstances asks it of its caller
        "servicequotas:ListServiceQuotas",
      ],
      ["*"],
      here,
    ),
    allow("ReadJobLogs", ["drs:DescribeJobLogItems"], drsArns(scope, "job"), here),
    allow(
      "ReadServers",
      [
        "drs:DescribeRecoverySnapshots",
        "drs:GetLaunchConfiguration",
        "drs:GetReplicationConfiguration",
      ],
      drsArns(scope, "source-server"),
      here,
    ),
    allow("ReadQuotas", ["servicequotas:GetServiceQuota"], [quotas], here),
  ];
}
