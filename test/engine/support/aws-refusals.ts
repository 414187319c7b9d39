import {
  databaseCreations,
  databaseDeletions,
  databasesNeededByOthers,
} from "./database-refusals.js";
import type { Refusal } from "./refusal.js";
import type { Thing } from "./world.js";

/** What AWS says to one who orders a thing before what it needs is there. */
export const refusalOfCreation: Refusal = (thing, things) => creations[thing.type]?.(thing, things);

/** What AWS says to one who deletes a thing that something else still needs, or that is protected. */
export const refusalOfDeletion: Refusal = (thing, things) => deletions[thing.type]?.(thing, things);

const table = "aws:dynamodb/table:Table";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const scheduleGroup = "aws:scheduler/scheduleGroup:ScheduleGroup";
const topic = "aws:sns/topic:Topic";
const role = "aws:iam/role:Role";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

/** Types without which AWS refuses others. */
export const neededByOthers: ReadonlySet<string> = new Set([
  table,
  logGroup,
  scheduleGroup,
  topic,
  role,
  rolePolicy,
  ...databasesNeededByOthers,
]);

const creations: Readonly<Record<string, Refusal>> = {
  ...databaseCreations,
  "aws:dynamodb/tableItem:TableItem": ({ account, region, inputs }, things) => {
    const isIts = (thing: Thing) => thing.region === region && thing.id === inputs.tableName;
    const isThere = of(things, table, account).some(isIts);
    return isThere ? undefined : `ResourceNotFoundException: table ${inputs.tableName}`;
  },
  [role]: ({ inputs }, things) => {
    const missing = trustedRoles(inputs.assumeRolePolicy).find((arn) => !hasRole(things, arn));
    return missing && `MalformedPolicyDocument: Invalid principal in policy: "AWS":"${missing}"`;
  },
  [rolePolicy]: ({ account, inputs }, things) => {
    const isThere = of(things, role, account).some(({ id }) => id === inputs.role);
    return isThere ? undefined : `NoSuchEntity: The role with name ${inputs.role} cannot be found.`;
  },
  "aws:lambda/function:Function": ({ inputs }, things) =>
    hasRole(things, inputs.role)
      ? undefined
      : `InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda: ${inputs.role}`,
  "aws:scheduler/schedule:Schedule": ({ account, inputs }, things) => {
    const groups = of(things, scheduleGroup, account);
    if (!groups.some(({ id }) => id === inputs.groupName)) {
      return `ResourceNotFoundException: Schedule group ${inputs.groupName} does not exist.`;
    }
    const { roleArn } = Object(inputs.target);
    return hasRole(things, roleArn) ? undefined : `ValidationException: no such role ${roleArn}`;
  },
  "aws:sfn/stateMachine:StateMachine": ({ inputs }, things) => {
    const { logDestination } = Object(inputs.loggingConfiguration);
    const groups = things.filter(({ type }) => type === logGroup);
    const logs = groups.map(({ outputs }) => `${outputs.arn}:*`);
    if (!logs.includes(logDestination)) return `InvalidLoggingConfiguration: ${logDestination}`;
    return hasPolicy(things, inputs.roleArn)
      ? undefined
      : `AccessDeniedException: The state machine IAM Role is not authorized to access the Log Destination: ${inputs.roleArn}`;
  },
  "aws:sns/topicSubscription:TopicSubscription": ({ inputs }, things) => {
    const isThere = things.some(
      ({ type, outputs }) => type === topic && outputs.arn === inputs.topic,
    );
    return isThere ? undefined : `NotFound: Topic does not exist: ${inputs.topic}`;
  },
};

const deletions: Readonly<Record<string, Refusal>> = {
  ...databaseDeletions,
  [table]: ({ id, inputs }) =>
    inputs.deletionProtectionEnabled === true
      ? `ValidationException: ${id}: Resource cannot be deleted as it is currently protected against deletion.`
      : undefined,
  [role]: ({ account, id }, things) => {
    const policy = of(things, rolePolicy, account).find(({ inputs }) => inputs.role === id);
    return policy && `DeleteConflict: Cannot delete entity, must delete policies first: ${id}`;
  },
};

function of(things: readonly Thing[], type: string, account: string): readonly Thing[] {
  return things.filter((thing) => thing.type === type && thing.account === account);
}

function hasRole(things: readonly Thing[], arn: unknown): boolean {
  return things.some((thing) => thing.type === role && thing.outputs.arn === arn);
}

/** Whether a role may do anything at all: what it may do is not looked at. */
function hasPolicy(things: readonly Thing[], roleArn: unknown): boolean {
  const owner = things.find((thing) => thing.type === role && thing.outputs.arn === roleArn);
  if (owner === undefined) return false;
  return of(things, rolePolicy, owner.account).some(({ inputs }) => inputs.role === owner.id);
}

interface TrustPolicy {
  readonly Statement: readonly { readonly Principal?: { readonly AWS?: string | string[] } }[];
}

function trustedRoles(document: unknown): readonly string[] {
  const { Statement } = JSON.parse(String(document)) as TrustPolicy;
  const principals = Statement.flatMap(({ Principal }) => Principal?.AWS ?? []);
  return principals.filter((principal) => principal.includes(":role/"));
}
