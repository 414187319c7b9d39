import type { DrsQuotaName } from "../../../limits.js";
import { drsQuotas } from "../../../limits.js";
import type { ServiceReply } from "../service.js";
import { errorReply } from "../wire-errors.js";
import type { PossibleRefusal } from "./switches.js";

const statuses = {
  ValidationException: 400,
  UninitializedAccountException: 400,
  ServiceQuotaExceededException: 402,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ConflictException: 409,
  ThrottlingException: 429,
  InternalServerException: 500,
  NotEmulated: 501,
} as const;

export type RefusalCode = keyof typeof statuses;

/** Errors whose shapes have no member `code`. */
const withoutCode: ReadonlySet<RefusalCode> = new Set([
  "ThrottlingException",
  "InternalServerException",
]);

export interface RefusalDetail {
  /** Members of the error's shape besides `message` and `code`. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly quotaCode?: string;
}

/** An error of the DRS API, thrown by operations and answered to the caller. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly detail: RefusalDetail;

  constructor(code: RefusalCode, message: string, detail: RefusalDetail = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.detail = detail;
  }

  reply(): ServiceReply {
    const { members } = this.detail;
    const error = { status: statuses[this.code], code: this.code, message: this.message };
    const shape = withoutCode.has(this.code) ? { ...members, code: undefined } : members;
    return errorReply("rest-json", error, shape);
  }
}

/** A body that the API's own rules refuse. */
export function invalidField(name: string, message: string): Refusal {
  return new Refusal("ValidationException", `${name} ${message}`, {
    members: { reason: "fieldValidationFailed", fieldList: [{ name, message }] },
  });
}

/** The message AWS gives was observed; it names no server. */
export function busyServers(server: string | undefined): Refusal {
  const message =
    "One or more of the Source Servers included in API call are currently being processed by a Job";
  const members =
    server === undefined ? {} : { resourceId: server, resourceType: "AWS::DRS::SourceServer" };
  return new Refusal("ConflictException", message, { members });
}

/** What a quota counts. */
const resourceTypes: Readonly<Record<DrsQuotaName, string>> = {
  replicatingServers: "AWS::DRS::SourceServer",
  sourceServers: "AWS::DRS::SourceServer",
  concurrentJobs: "AWS::DRS::Job",
  serversPerJob: "AWS::DRS::Job",
  serversInAllJobs: "AWS::DRS::Job",
  jobsPerServer: "AWS::DRS::Job",
  launchActionsPerResource: "AWS::DRS::LaunchAction",
  launchConfigurationTemplates: "AWS::DRS::LaunchConfigurationTemplate",
  sourceNetworks: "AWS::DRS::SourceNetwork",
};

/** The text is ours: AWS publishes none. */
export function overQuota(name: DrsQuotaName, limit: number, wanted: number): Refusal {
  const resourceType = resourceTypes[name];
  const { quotaCode, name: quotaName } = drsQuotas[name];
  const message = `${quotaName} must be at most ${limit}, got ${wanted}.`;
  const members = { resourceType, serviceCode: "drs", quotaCode };
  return new Refusal("ServiceQuotaExceededException", message, { members, quotaCode });
}

/** A refusal whose kind a switch chooses. */
export function refusalAs(
  kind: PossibleRefusal,
  message: string,
  resourceId: string,
  resourceType = "AWS::DRS::SourceServer",
): Refusal {
  const members =
    kind === "ValidationException" ? { reason: "other" } : { resourceId, resourceType };
  return new Refusal(kind, message, { members });
}
