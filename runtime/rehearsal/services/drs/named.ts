import { type Body, idPatterns } from "./body.js";
import type { RecoveryInstanceRecord, SourceServerRecord } from "./model.js";
import type { Call } from "./operation.js";
import { invalidField, Refusal } from "./refusal.js";
import { arnIn } from "./world.js";

/** Which errors an operation declares for a resource that it cannot find: 404, 400, or both. */
export type Declares = "not-found" | "validation" | "both";

/** Kinds of resources that a call names by one id. */
const kinds = {
  sourceServerID: { pattern: idPatterns.server, type: "SourceServer", what: "Source server" },
  recoveryInstanceID: {
    pattern: idPatterns.instance,
    type: "RecoveryInstance",
    what: "Recovery instance",
  },
  sourceNetworkID: { pattern: idPatterns.network, type: "SourceNetwork", what: "Source network" },
  jobID: { pattern: idPatterns.job, type: "Job", what: "Job" },
  replicationConfigurationTemplateID: {
    pattern: /^rct-[0-9a-zA-Z]{17}$/,
    type: "ReplicationConfigurationTemplate",
    what: "Replication configuration template",
  },
  launchConfigurationTemplateID: {
    pattern: /^lct-[0-9a-zA-Z]{17}$/,
    type: "LaunchConfigurationTemplate",
    what: "Launch configuration template",
  },
} as const;

export type NamedBy = keyof typeof kinds;

/**
 * The resource that a call names by its id. An id that is none of its kind is refused by 400 where
 * the operation declares that, and names nothing otherwise.
 */
export function named<T>(
  body: Body,
  member: NamedBy,
  declares: Declares,
  find: (id: string) => T | undefined,
): T {
  const id = body[member];
  const { pattern } = kinds[member];
  if (declares !== "not-found") {
    if (id === undefined || id === null) throw invalidField(member, "must be given");
    if (typeof id !== "string" || !pattern.test(id)) {
      throw invalidField(member, `must match ${pattern.source}, got ${JSON.stringify(id)}`);
    }
  }
  const found = typeof id === "string" ? find(id) : undefined;
  if (found === undefined) throw unknownResource(member, String(id), declares);
  return found;
}

/** The refusal of a resource that does not exist. */
export function unknownResource(member: NamedBy, id: string, declares: Declares): Refusal {
  const { type, what } = kinds[member];
  const message = `${what} ${id} does not exist`;
  if (declares === "validation") {
    return new Refusal("ValidationException", message, { members: { reason: "other" } });
  }
  const members = { resourceId: id, resourceType: `AWS::DRS::${type}` };
  return new Refusal("ResourceNotFoundException", message, { members });
}

/** The source server that `sourceServerID` names. */
export function namedServer({ lane, body }: Call, declares: Declares): SourceServerRecord {
  return named(body, "sourceServerID", declares, (id) => lane.servers.get(id));
}

/** ARN of the server that `sourceServerID` names, for IAM: whether it exists or not. */
export function namedServerArn({ lane, body }: Call): string {
  return arnIn(lane, `source-server/${String(body.sourceServerID)}`);
}

/** The recovery instance that `recoveryInstanceID` names. */
export function namedInstance({ lane, body }: Call, declares: Declares): RecoveryInstanceRecord {
  return named(body, "recoveryInstanceID", declares, (id) => lane.instances.get(id));
}

/** ARN of the instance that `recoveryInstanceID` names, for IAM: whether it exists or not. */
export function namedInstanceArn({ lane, body }: Call): string {
  return arnIn(lane, `recovery-instance/${String(body.recoveryInstanceID)}`);
}
