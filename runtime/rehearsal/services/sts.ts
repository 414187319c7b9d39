import type { Clock } from "../../core/ports.js";
import { base32Of } from "./hashing.js";
import { queryForm, queryOperation } from "./query-protocol.js";
import type { EmulatedService, Principal, ServiceReply, ServiceRequest } from "./service.js";
import { type Credentials, principalOfRole, type Sessions } from "./sessions.js";
import { errorReply } from "./wire-errors.js";
import { escapeXml, queryResultBody } from "./xml.js";

const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

/** Sessions opened with a session's own keys last an hour at most. Source: IAM User Guide, "Role chaining". */
const maxChainedSeconds = 3_600;
const maxSessionSeconds = 43_200;

export interface StsOptions {
  readonly sessions: Sessions;
  readonly clock: Clock;
  /** Asks both sides: what the caller may do, and whom the role trusts. A role that does not exist trusts nobody. */
  decideTrust(
    roleArn: string,
    principal: Principal,
    context: Readonly<Record<string, string>>,
  ): { readonly allowed: boolean; readonly reason: string };
  /**
   * False where nobody's rights are decided: session policies, tags and MFA devices then change
   * nothing and are taken, and a session lasts as long as a role's can.
   *
   * @defaultValue true
   */
  readonly decidesRights?: boolean;
}

/**
 * STS: AssumeRole and GetCallerIdentity. The role's trust policy and the caller's own policies
 * decide about AssumeRole. What the emulator would have to ignore, such as session
 * policies, it refuses.
 */
export function createSts(options: StsOptions): EmulatedService {
  return {
    signingNames: ["sts"],
    operationOf: queryOperation,
    rightsOf: () => [],
    async answer(request) {
      const operation = queryOperation(request);
      if (operation === "AssumeRole") return assumeRole(options, request);
      if (operation === "GetCallerIdentity") return callerIdentity(request);
      return refuse(501, "NotEmulated", `Action must be an emulated one, got "${operation}".`);
    },
    denied: (_request, message) => refuse(403, "AccessDenied", message),
  };
}

function assumeRole(options: StsOptions, request: ServiceRequest): ServiceReply {
  const form = queryForm(request);
  const problem =
    problemOf(form) ?? (options.decidesRights === false ? undefined : unsupported(form));
  if (problem) return problem;
  const roleArn = form.get("RoleArn") ?? "";
  const sessionName = form.get("RoleSessionName") ?? "";
  const trust = options.decideTrust(roleArn, request.principal, {
    ...contextOf(form),
    "aws:RequestedRegion": request.region,
    "aws:SecureTransport": "true",
    "aws:ViaAWSService": "false",
  });
  if (!trust.allowed) {
    const { arn } = request.principal;
    const message = `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn} because ${trust.reason}`;
    return refuse(403, "AccessDenied", message);
  }
  const now = options.clock.now();
  const seconds = Number(form.get("DurationSeconds") ?? maxChainedSeconds);
  const credentials = options.sessions.issue(roleArn, sessionName, now, seconds);
  const result = assumedRole(principalOfRole(roleArn, sessionName), sessionName, credentials);
  return succeed("AssumeRole", result, request);
}

function problemOf(form: URLSearchParams): ServiceReply | undefined {
  const invalid = (message: string): ServiceReply => refuse(400, "ValidationError", message);
  const roleArn = form.get("RoleArn") ?? "";
  if (!/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(roleArn)) {
    return invalid(`roleArn must be the ARN of a role, got "${roleArn}".`);
  }
  const sessionName = form.get("RoleSessionName") ?? "";
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    return invalid(`roleSessionName must match [\\w+=,.@-]{2,64}, got "${sessionName}".`);
  }
  const externalId = form.get("ExternalId");
  if (externalId !== null && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId)) {
    return invalid(`externalId must match [\\w+=,.@:/-]{2,1224}, got "${externalId}".`);
  }
  const seconds = Number(form.get("DurationSeconds") ?? maxChainedSeconds);
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > maxSessionSeconds) {
    return invalid(`durationSeconds must be 900 to ${maxSessionSeconds}, got ${seconds}.`);
  }
  return undefined;
}

/** What follows from whose keys these are, and what would narrow the session's rights. */
function unsupported(form: URLSearchParams): ServiceReply | undefined {
  const seconds = Number(form.get("DurationSeconds") ?? maxChainedSeconds);
  if (seconds > maxChainedSeconds) {
    const message =
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining";
    return refuse(400, "ValidationError", message);
  }
  const ignored = [...form.keys()].find((key) =>
    /^(Policy|PolicyArns|Tags|SerialNumber)/.test(key),
  );
  if (ignored) return refuse(501, "NotEmulated", `${ignored} must be absent, it is not emulated.`);
  return undefined;
}

function contextOf(form: URLSearchParams): Readonly<Record<string, string>> {
  const externalId = form.get("ExternalId");
  const sessionName = form.get("RoleSessionName");
  return {
    ...(externalId !== null && { "sts:ExternalId": externalId }),
    ...(sessionName !== null && { "sts:RoleSessionName": sessionName }),
  };
}

function assumedRole(role: Principal, sessionName: string, credentials: Credentials): string {
  const expiration = new Date(credentials.expiresAt).toISOString().replace(/\.\d{3}Z$/, "Z");
  return (
    `<AssumedRoleUser><AssumedRoleId>${userIdOf(role)}:${escapeXml(sessionName)}</AssumedRoleId>` +
    `<Arn>${escapeXml(role.arn)}</Arn></AssumedRoleUser>` +
    `<Credentials><AccessKeyId>${credentials.accessKeyId}</AccessKeyId>` +
    `<SecretAccessKey>${credentials.secretAccessKey}</SecretAccessKey>` +
    `<SessionToken>${escapeXml(credentials.sessionToken)}</SessionToken>` +
    `<Expiration>${expiration}</Expiration></Credentials>`
  );
}

function userIdOf({ roleArn }: Principal): string {
  return `AROA${base32Of(17, "role", roleArn)}`;
}

function callerIdentity(request: ServiceRequest): ServiceReply {
  const { account, arn } = request.principal;
  const sessionName = arn.split("/").at(-1) ?? "";
  const userId = `${userIdOf(request.principal)}:${sessionName}`;
  const result =
    `<Arn>${escapeXml(arn)}</Arn><UserId>${escapeXml(userId)}</UserId>` +
    `<Account>${account}</Account>`;
  return succeed("GetCallerIdentity", result, request);
}

function succeed(operation: string, result: string, request: ServiceRequest): ServiceReply {
  const requestId = request.headers["x-amzn-requestid"] ?? "";
  return {
    status: 200,
    headers: { "content-type": "text/xml" },
    body: queryResultBody(namespace, operation, result, requestId),
  };
}

function refuse(status: number, code: string, message: string): ServiceReply {
  return errorReply("query", { status, code, message });
}
