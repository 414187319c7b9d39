import type { HubReference } from "../../../components/index.js";
import { hubNames } from "../../../components/recovery/names.js";
import type { Need } from "../support/argument-table.js";

const address = { environment: "shop", account: "111122223333", homeRegion: "us-east-1" };

export const hubAddress = address;

export const lanes = [
  { account: "444455556666", accountName: "staging", region: "us-east-1", declaredServers: 120 },
];

/** The lanes with one more, of another account. */
export const moreLanes = [
  ...lanes,
  { account: "777788889999", accountName: "more", region: "us-west-2", declaredServers: 80 },
];

const names = hubNames(address);

/** What groups and plans know of the hub. */
export const hub: HubReference = referenceTo(address.environment);

/** Another hub of the same account. */
export const otherHub: HubReference = referenceTo("other");

/** The tables, roles and schedules of both hubs that others need. */
export const hubParts: readonly Need[] = [address.environment, "other"].flatMap((environment) => {
  const { tables, scheduleGroup, schedulesRole } = hubNames({ ...address, environment });
  const region = address.homeRegion;
  return [
    ...[tables.groups, tables.plans].map(({ name }) => ({
      resource: "dynamodb.Table",
      args: { region, name, hashKey: "name", attributes: [{ name: "name", type: "S" }] },
    })),
    { resource: "scheduler.ScheduleGroup", args: { region, name: scheduleGroup.name } },
    role(schedulesRole.name),
  ];
});

/** The roles of the hub that spokes let in. */
export const hubRoles: readonly Need[] = [
  ...Object.values(names.functionRoles).map(({ name }) => role(name)),
  role("dr-shop-capacity-publisher"),
];

function role(name: string): Need {
  const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  return { resource: "iam.Role", args: { name, assumeRolePolicy } };
}

function referenceTo(environment: string): HubReference {
  const { tables, functions, scheduleGroup, schedulesRole } = hubNames({ ...address, environment });
  return {
    environment,
    homeRegion: address.homeRegion,
    groupsTable: tables.groups.name,
    plansTable: tables.plans.name,
    executionFunctionArn: functions.execution.arn,
    scheduleGroup: scheduleGroup.name,
    schedulesRoleArn: schedulesRole.arn,
  };
}
