import type { Shown } from "./in-process.js";

/** The lane that the contracts of these tests name. */
export const lane = "222222222222/eu-west-1";

type Props = Readonly<Record<string, unknown>>;

/** A spoke whose only lane declares this many servers, with thresholds of 250 and 280. */
export function spokeOf(declaredServers: unknown, more: Props = {}): Shown {
  return {
    type: "aws-dr:recovery:SpokeAccount",
    props: {
      account: "222222222222",
      accountName: "payroll",
      lanes: [
        { region: "eu-west-1", ...(declaredServers === undefined ? {} : { declaredServers }) },
      ],
      warnAtServers: 250,
      criticalAtServers: 280,
      ...more,
    },
  };
}

/** A wave of group "all" with 10 minutes to launch, two hours to do so, and servers in one lane. */
export function waveOf(name: string, servers: unknown, more: Props = {}): Props {
  return {
    name,
    group: "all",
    dependsOn: [],
    failedAtMostPercent: 0,
    deadlineMinutes: 120,
    expectedLaunchSeconds: 600,
    expectedServers: servers === undefined ? {} : { [lane]: servers },
    ...more,
  };
}

export function planOf(waves: unknown, more: Props = {}): Shown {
  return {
    type: "aws-dr:recovery:RecoveryPlan",
    name: "payroll",
    props: {
      plan: "payroll",
      objectives: { rtoMinutes: 240, rpoMinutes: 15 },
      waves,
      reserve: { jobs: 0, servers: 0 },
      pacingSeconds: 0,
      drills: [],
      ...more,
    },
  };
}

/** A protection group with members in the one lane. */
export function groupOf(group: string, members: readonly Props[] | string): Shown {
  const account = { account: "222222222222", region: "eu-west-1" };
  return {
    type: "aws-dr:recovery:ProtectionGroup",
    name: group,
    props: {
      group,
      members: Array.isArray(members)
        ? members.map((member: Props) => ({ ...account, ...member }))
        : members,
    },
  };
}
