import { allow, type PolicyDocument, policyDocument, type Statement } from "./document.js";
import { launchStatements } from "./launch-statements.js";
import { drsArns, inRegions, type SpokeScope } from "./spoke-scope.js";

/** What the hub may read in a spoke: servers, jobs, quotas. */
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
    // It asks ec2:DescribeInstances of its caller too, which the launch statements grant.
    allow("ReadInstances", ["drs:DescribeRecoveryInstances"], ["*"], here),
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

/**
 * What the hub's code asks and no more. Service Authorization Reference: none of these has a resource
 * type that could bound it; the Region does.
 */
function readStatements(scope: SpokeScope): readonly Statement[] {
  return [
    allow(
      "ReadLanes",
      ["drs:DescribeJobs", "drs:DescribeSourceServers", "servicequotas:ListServiceQuotas"],
      ["*"],
      inRegions(scope),
    ),
  ];
}
