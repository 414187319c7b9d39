import { allow, type Condition, type Statement } from "./document.js";
import { ec2Arns, every, inRegions, partitionOfScope, type SpokeScope } from "./spoke-scope.js";

/** Tag that DRS puts on what it makes in EC2. */
const managedTag = "AWSElasticDisasterRecoveryManaged";

/**
 * What DRS does in EC2 with the caller's rights when it launches or terminates recovery instances.
 *
 * Actions and conditions are the EC2 part of the managed policy
 * AWSElasticDisasterRecoveryConsoleFullAccess_v2, version 10. Statements of the same conditions are
 * joined where no new pair of action and resource comes of it. Left out: grants on customer-managed
 * keys, which are the estate's own.
 *
 * What only works through a service needs no Region of its own: DRS works in the Region in which it
 * was called, and the calls to DRS are kept to the lanes' Regions. This keeps the policy small.
 */
export function launchStatements(scope: SpokeScope): readonly Statement[] {
  return [
    ...describe(scope),
    ...templates(scope),
    ...create(scope),
    ...change(scope),
    ...viaFleet(scope),
    ...launchActionStatements(scope),
    passServiceRoles(scope),
  ];
}

function describe(scope: SpokeScope): readonly Statement[] {
  const here = inRegions(scope);
  const keys = `arn:${partitionOfScope(scope)}:kms:*:*:key/*`;
  return [
    // EC2, KMS and SSM have no resource types for what they list.
    allow("DescribeForLaunch", describeActions, ["*"], here),
    allow("DescribeKeys", ["kms:DescribeKey"], [keys], here),
    allow(
      "DescribeAttributes",
      ["ec2:DescribeInstanceAttribute"],
      ec2Arns(scope, "instance"),
      here,
    ),
  ];
}

function templates(scope: SpokeScope): readonly Statement[] {
  const here = inRegions(scope);
  const template = ec2Arns(scope, "launch-template");
  return [
    allow(
      "CreateTemplates",
      ["ec2:CreateLaunchTemplate"],
      template,
      every(here, tagged("Request")),
    ),
    allow(
      "ChangeTemplates",
      [
        "ec2:CreateLaunchTemplateVersion",
        "ec2:CreateTags",
        "ec2:DeleteLaunchTemplateVersions",
        "ec2:DeleteTags",
        "ec2:ModifyLaunchTemplate",
      ],
      template,
      every(here, tagged("Resource")),
    ),
    allow(
      "TagTemplates",
      ["ec2:CreateTags"],
      template,
      every(here, creating("CreateLaunchTemplate")),
    ),
  ];
}

function create(scope: SpokeScope): readonly Statement[] {
  const tagging = every(throughService, tagged("Request"));
  return [
    allow(
      "CreateManaged",
      [
        "ec2:CreateNetworkInterface",
        "ec2:CreateSecurityGroup",
        "ec2:CreateVolume",
        "ec2:RunInstances",
      ],
      ec2Arns(scope, "instance", "network-interface", "security-group", "volume"),
      tagging,
    ),
    allow("CreateSnapshots", ["ec2:CreateSnapshot"], ec2Arns(scope, "snapshot"), tagging),
    allow(
      "RunWith",
      ["ec2:RunInstances"],
      ec2Arns(
        scope,
        "image",
        "launch-template",
        "network-interface",
        "security-group",
        "subnet",
        "volume",
      ),
      throughService,
    ),
    allow("CreateGroupsIn", ["ec2:CreateSecurityGroup"], ec2Arns(scope, "vpc"), throughService),
    allow(
      "CreateInterfacesIn",
      ["ec2:CreateNetworkInterface"],
      ec2Arns(scope, "security-group", "subnet"),
      throughService,
    ),
    allow(
      "TagManaged",
      ["ec2:CreateTags"],
      ec2Arns(scope, "instance", "network-interface", "security-group", "snapshot", "volume"),
      every(
        throughService,
        creating(
          "CreateNetworkInterface",
          "CreateSecurityGroup",
          "CreateSnapshot",
          "CreateVolume",
          "RunInstances",
        ),
      ),
    ),
  ];
}

function change(scope: SpokeScope): readonly Statement[] {
  return [
    allow(
      "ChangeManaged",
      [
        "ec2:AssociateIamInstanceProfile",
        "ec2:AttachVolume",
        "ec2:AuthorizeSecurityGroupEgress",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateNetworkInterfacePermission",
        "ec2:CreateSnapshot",
        "ec2:CreateVolume",
        "ec2:DeleteSnapshot",
        "ec2:DeleteVolume",
        "ec2:DetachVolume",
        "ec2:GetConsoleOutput",
        "ec2:GetConsoleScreenshot",
        "ec2:ModifyInstanceAttribute",
        "ec2:RevokeSecurityGroupEgress",
        "ec2:StartInstances",
        "ec2:StopInstances",
        "ec2:TerminateInstances",
        // Its documents are for DRS alone, see StartActions.
        "ssm:SendCommand",
      ],
      ec2Arns(scope, "instance", "network-interface", "security-group", "snapshot", "volume"),
      every(throughService, tagged("Resource")),
    ),
    allow("DetachVolumes", ["ec2:DetachVolume"], ec2Arns(scope, "volume"), throughService),
  ];
}

function viaFleet(scope: SpokeScope): readonly Statement[] {
  return [
    allow(
      "CreateFleet",
      ["ec2:CreateFleet"],
      ec2Arns(scope, "fleet", "image", "instance", "launch-template", "subnet", "volume"),
      calledByDrs,
    ),
    allow(
      "TagFleet",
      ["ec2:CreateTags"],
      ec2Arns(scope, "instance", "security-group", "snapshot", "volume"),
      every(calledByDrs, creating("CreateFleet")),
    ),
    allow(
      "LaunchIntoExisting",
      [
        "ec2:AttachVolume",
        "ec2:DetachVolume",
        "ec2:GetConsoleOutput",
        "ec2:GetConsoleScreenshot",
        "ec2:StartInstances",
        "ssm:SendCommand",
      ],
      ec2Arns(scope, "instance"),
      every(calledByDrs, {
        StringEquals: { "aws:ResourceTag/AWSDRS": "AllowLaunchingIntoThisInstance" },
      }),
    ),
  ];
}

/** IAM is global, so a Region would not match; the three names and the service are the bounds. */
function passServiceRoles(scope: SpokeScope): Statement {
  const prefix = `arn:${partitionOfScope(scope)}:iam::${scope.account}:role/service-role`;
  return allow(
    "PassServiceRoles",
    ["iam:PassRole"],
    [
      `${prefix}/AWSElasticDisasterRecoveryConversionServerRole`,
      `${prefix}/AWSElasticDisasterRecoveryRecoveryInstanceRole`,
      `${prefix}/AWSElasticDisasterRecoveryRecoveryInstanceWithLaunchActionsRole`,
    ],
    { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
  );
}

const describeActions = [
  "ec2:DescribeAccountAttributes",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeCapacityReservations",
  "ec2:DescribeHosts",
  "ec2:DescribeImages",
  "ec2:DescribeInstanceStatus",
  "ec2:DescribeInstanceTypeOfferings",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeInstances",
  "ec2:DescribeKeyPairs",
  "ec2:DescribeLaunchTemplateVersions",
  "ec2:DescribeLaunchTemplates",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSnapshots",
  "ec2:DescribeSubnets",
  "ec2:DescribeVolumes",
  "ec2:GetEbsDefaultKmsKeyId",
  "ec2:GetEbsEncryptionByDefault",
  "ec2:GetInstanceTypesFromInstanceRequirements",
  "kms:ListAliases",
  "ssm:DescribeInstanceInformation",
  "ssm:DescribeParameters",
  "ssm:ListCommandInvocations",
] as const;

/**
 * What DRS does in Systems Manager with the caller's rights when a server has post-launch actions: the
 * launch's part of AWSElasticDisasterRecoveryLaunchActionsPolicy, version 7. Left out: what the console
 * does to edit actions, documents of other accounts, and what an automation itself does in other
 * services, all of which are the estate's own.
 */
function launchActionStatements(scope: SpokeScope): readonly Statement[] {
  const mine = `arn:${partitionOfScope(scope)}:ssm:*:${scope.account}`;
  const ofAws = `arn:${partitionOfScope(scope)}:ssm:*:`;
  const execution = `${mine}:automation-execution/*`;
  return [
    allow(
      "StartActions",
      ["ssm:SendCommand", "ssm:StartAutomationExecution"],
      [
        `${mine}:document/*`,
        `${ofAws}:document/*`,
        `${mine}:automation-definition/*`,
        `${ofAws}:automation-definition/*`,
        execution,
      ],
      calledByDrs,
    ),
    allow("FollowAutomations", ["ssm:GetAutomationExecution"], [execution], tagged("Resource")),
    allow(
      "ReadActionParameters",
      ["ssm:GetParameters"],
      [`${mine}:parameter/ManagedByAWSElasticDisasterRecoveryService-*`],
      { "ForAnyValue:StringEquals": { "aws:CalledVia": ["ssm.amazonaws.com"] } },
    ),
  ];
}

const throughService: Condition = { Bool: { "aws:ViaAWSService": "true" } };

const calledByDrs: Condition = {
  "ForAnyValue:StringEquals": { "aws:CalledVia": ["drs.amazonaws.com"] },
};

/** `Null: "false"` reads: the tag is there, whatever its value. */
function tagged(where: "Request" | "Resource"): Condition {
  return { Null: { [`aws:${where}Tag/${managedTag}`]: "false" } };
}

function creating(...actions: readonly string[]): Condition {
  return { StringEquals: { "ec2:CreateAction": actions } };
}
