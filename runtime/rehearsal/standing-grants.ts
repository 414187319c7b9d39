/** Actions that roles of the product grant although no rehearsal can use them. */
export interface StandingGrant {
  /** What the names of the roles end in. */
  readonly roles: readonly string[];
  readonly statement: string;
  readonly actions: readonly string[];
  readonly why: string;
}

const launchActions: Readonly<Record<string, readonly string[]>> = {
  StartActions: ["ssm:SendCommand", "ssm:StartAutomationExecution"],
  ChangeManaged: ["ssm:SendCommand"],
  DescribeForLaunch: [
    "ssm:DescribeInstanceInformation",
    "ssm:DescribeParameters",
    "ssm:ListCommandInvocations",
  ],
  FollowAutomations: ["ssm:GetAutomationExecution"],
  ReadActionParameters: ["ssm:GetParameters"],
};

/** Every grant that stays without having been seen in use, and why. */
export const standingGrants: readonly StandingGrant[] = [
  {
    roles: ["execution", "query", "data-management", "capacity-publisher"],
    statement: "WriteOwnLog",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    why: "Lambda writes the function's log with it; the rehearsal keeps the lines itself.",
  },
  {
    roles: ["execution", "query", "data-management", "capacity-publisher", "workflows"],
    statement: "Trace",
    actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    why: "Lambda and Step Functions send traces with it; X-Ray is not emulated.",
  },
  {
    roles: ["workflows"],
    statement: "DeliverLogs",
    actions: [
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
    ],
    why: "Step Functions sets up the delivery of its log with it when a machine is deployed; CloudWatch Logs is not emulated.",
  },
  {
    roles: ["spoke-recovery"],
    statement: "LaunchIntoExisting",
    actions: [
      "ec2:AttachVolume",
      "ec2:DetachVolume",
      "ec2:GetConsoleOutput",
      "ec2:GetConsoleScreenshot",
      "ec2:StartInstances",
      "ssm:SendCommand",
    ],
    why: "A server whose launch settings name an existing instance is launched into it; no server of a rehearsed fleet has such settings.",
  },
  ...Object.entries(launchActions).map(([statement, actions]) => ({
    roles: ["spoke-recovery"],
    statement,
    actions,
    why: "DRS runs a server's post-launch actions in Systems Manager with it, and fails the launch without; no server of a rehearsed fleet has such actions.",
  })),
];

/** Why a grant stays unused; nothing when nobody has said. */
export function standingReason(grant: {
  readonly role: string;
  readonly statement: string;
  readonly action: string;
}): string | undefined {
  const { role, statement, action } = grant;
  return standingGrants.find(
    (one) =>
      one.statement === statement &&
      one.actions.includes(action) &&
      one.roles.some((suffix) => role.endsWith(`-${suffix}`)),
  )?.why;
}
