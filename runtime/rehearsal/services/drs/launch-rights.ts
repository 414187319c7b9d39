/**
 * Something that DRS does in EC2, KMS or IAM under the identity of its caller, and the kinds of
 * resources on which it is asked for. No resource of EC2 exists here: one stands for all of its kind.
 */
export interface OnBehalf {
  readonly action: string;
  /** Kinds that the call makes: the request gives them DRS's tag. */
  readonly makes?: readonly string[];
  /** Kinds that DRS made before: they have its tag. */
  readonly uses?: readonly string[];
  /** Kinds that belong to the account, to AWS or to others, without DRS's tag. */
  readonly takes?: readonly string[];
  /** Kinds with the tag by which an owner lets DRS launch into an instance, without DRS's own. */
  readonly opened?: readonly string[];
  /** `ec2:CreateAction`, of tags that come with a creation. */
  readonly createAction?: string;
}

/** Which rights a launch asks: all that AWS's own policy grants, or those without which none succeeds. */
export type LaunchRights = "published" | "essential";

/**
 * Without these no launch can succeed. Kinds of resources here and below: Service Authorization
 * Reference, "Actions, resources, and condition keys for Amazon EC2".
 */
const essential: readonly OnBehalf[] = [
  { action: "ec2:CreateSecurityGroup", makes: ["security-group"], takes: ["vpc"] },
  { action: "ec2:CreateVolume", makes: ["volume"], uses: ["snapshot"] },
  {
    action: "ec2:CreateNetworkInterface",
    makes: ["network-interface"],
    takes: ["security-group", "subnet"],
  },
  {
    action: "ec2:CreateFleet",
    makes: ["fleet", "instance", "volume"],
    takes: ["image", "launch-template", "subnet"],
  },
  {
    action: "ec2:RunInstances",
    makes: ["instance", "network-interface", "volume"],
    takes: ["image", "launch-template", "security-group", "subnet"],
  },
  { action: "ec2:AttachVolume", uses: ["instance", "volume"] },
];

const endings: readonly OnBehalf[] = [
  { action: "ec2:TerminateInstances", uses: ["instance"] },
  { action: "ec2:DeleteVolume", uses: ["volume"] },
];

/** Reads without types of resources. */
const reads: readonly OnBehalf[] = [
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
].map((action) => ({ action }));

const tags: readonly OnBehalf[] = [
  ["RunInstances", ["instance", "network-interface", "volume"]] as const,
  ["CreateFleet", ["instance", "volume"]] as const,
  ["CreateVolume", ["volume"]] as const,
  ["CreateSnapshot", ["snapshot"]] as const,
  ["CreateSecurityGroup", ["security-group"]] as const,
  ["CreateNetworkInterface", ["network-interface"]] as const,
  ["CreateLaunchTemplate", ["launch-template"]] as const,
].map(([createAction, makes]) => ({ action: "ec2:CreateTags", createAction, makes }));

/** What AWS publishes beyond the essential: at which step a launch uses which of it is not documented. */
const others: readonly OnBehalf[] = [
  { action: "ec2:DescribeInstanceAttribute", uses: ["instance"] },
  { action: "kms:DescribeKey", takes: ["key"] },
  { action: "ec2:CreateSnapshot", makes: ["snapshot"], uses: ["volume"] },
  { action: "ec2:DeleteSnapshot", uses: ["snapshot"] },
  { action: "ec2:DetachVolume", uses: ["instance", "volume"] },
  ...[
    "ec2:AssociateIamInstanceProfile",
    "ec2:GetConsoleOutput",
    "ec2:GetConsoleScreenshot",
    "ec2:ModifyInstanceAttribute",
    "ec2:StartInstances",
    "ec2:StopInstances",
  ].map((action) => ({ action, uses: ["instance"] })),
  ...[
    "ec2:AuthorizeSecurityGroupEgress",
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:RevokeSecurityGroupEgress",
  ].map((action) => ({ action, uses: ["security-group"] })),
  { action: "ec2:CreateNetworkInterfacePermission", uses: ["network-interface"] },
  { action: "ec2:CreateLaunchTemplate", makes: ["launch-template"] },
  ...[
    "ec2:CreateLaunchTemplateVersion",
    "ec2:CreateTags",
    "ec2:DeleteLaunchTemplateVersions",
    "ec2:DeleteTags",
    "ec2:ModifyLaunchTemplate",
  ].map((action) => ({ action, uses: ["launch-template"] })),
];

/**
 * What a launch asks of the caller of StartRecovery. The published set is the EC2, KMS and IAM part of
 * AWSElasticDisasterRecoveryConsoleFullAccess_v2, version 10. What launch actions ask in SSM is in
 * `action-rights.ts`.
 */
export const launchRights: Readonly<Record<LaunchRights, readonly OnBehalf[]>> = {
  essential,
  published: [...essential, ...endings, ...reads, ...tags, ...others],
};

/** What a launch into an existing instance asks besides. Source: the same policy. */
export const intoExistingRights: readonly OnBehalf[] = [
  { action: "ec2:DetachVolume", opened: ["instance"], takes: ["volume"] },
  { action: "ec2:AttachVolume", opened: ["instance"], uses: ["volume"] },
  ...["ec2:GetConsoleOutput", "ec2:GetConsoleScreenshot", "ec2:StartInstances"].map((action) => ({
    action,
    opened: ["instance"],
  })),
];

/** What a clean-up asks of the caller of TerminateRecoveryInstances. */
export const terminateRights: readonly OnBehalf[] = [
  ...endings,
  { action: "ec2:DescribeInstances" },
  { action: "ec2:DescribeVolumes" },
];

/** Roles of DRS that a launch passes to EC2, both below `service-role/`. */
export const passedRoles = [
  "AWSElasticDisasterRecoveryConversionServerRole",
  "AWSElasticDisasterRecoveryRecoveryInstanceRole",
] as const;

/** The role that an instance is given instead where actions run on it after its launch. */
export const launchActionsRole = "AWSElasticDisasterRecoveryRecoveryInstanceWithLaunchActionsRole";
