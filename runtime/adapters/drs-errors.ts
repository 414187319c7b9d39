import { DrError, type DrErrorCode } from "../core/errors.js";
import { type Lane, laneKey } from "../core/lane.js";
import type { CallAnswer, Job } from "../core/recovery/observation.js";

/** What AWS SDK errors have in common, whichever generation of the SDK throws them. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly status?: number;
  readonly quotaCode?: string;
  readonly retryAfterSeconds?: number;
}

/** Makes a call that changes something, once, and says what came of it. */
export async function callAnswer(call: () => Promise<Job>): Promise<CallAnswer> {
  try {
    const job = await call();
    return job.jobId
      ? { kind: "accepted", job }
      : { kind: "indefinite", message: "the answer named no job" };
  } catch (error) {
    return refusal(sdkError(error));
  }
}

/** Anything that the service did not definitely refuse may have happened. */
function refusal({ name, message, status, quotaCode, retryAfterSeconds }: SdkError): CallAnswer {
  switch (name) {
    case "ConflictException":
      return { kind: "conflict", message };
    case "ServiceQuotaExceededException":
      return { kind: "over-quota", message, ...(quotaCode === undefined ? {} : { quotaCode }) };
    case "ResourceNotFoundException":
      return { kind: "not-found", message };
    case "ValidationException":
    case "UninitializedAccountException":
      return { kind: "invalid", message };
    default:
  }
  if (isThrottling(name, status)) {
    return {
      kind: "throttled",
      message,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    };
  }
  if (isExpired(name)) return { kind: "throttled", message };
  if (isDenial(name, status)) return { kind: "denied", message };
  return { kind: "indefinite", message: `${name}: ${message}` };
}

/** Tells a failed read of a lane in the orchestrator's words. */
export function laneError(lane: Lane, error: unknown): DrError {
  const { name, message, status } = sdkError(error);
  const code = laneCode(name, status);
  const fields = { lane: laneKey(lane), error: name };
  return new DrError(code, `${laneKey(lane)}: ${name}: ${message}`, fields, { cause: error });
}

function laneCode(name: string, status: number | undefined): DrErrorCode {
  if (isThrottling(name, status)) return "lane-throttled";
  if (isExpired(name)) return "lane-unreachable";
  return isDenial(name, status) ? "lane-denied" : "lane-unreachable";
}

function isThrottling(name: string, status: number | undefined): boolean {
  return status === 429 || /Throttl|TooManyRequests|RequestLimitExceeded/.test(name);
}

/** A session that is over refuses everything, and the next one may not: it is no word about rights. */
function isExpired(name: string): boolean {
  return /^ExpiredToken/.test(name);
}

function isDenial(name: string, status: number | undefined): boolean {
  return (
    status === 403 ||
    /AccessDenied|UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch|OptInRequired/.test(
      name,
    )
  );
}

/** An uninitialised Region is a Region that is not in use, not an error. */
export function isUninitialized(error: unknown): boolean {
  return sdkError(error).name === "UninitializedAccountException";
}

function sdkError(error: unknown): SdkError {
  const given = (error ?? {}) as {
    name?: string;
    message?: string;
    quotaCode?: string;
    retryAfterSeconds?: number | string;
    $metadata?: { httpStatusCode?: number };
    $response?: { headers?: Record<string, string> };
  };
  const retryAfter = Number(given.retryAfterSeconds ?? given.$response?.headers?.["retry-after"]);
  return {
    name: given.name ?? "Error",
    message: given.message ?? String(error),
    ...(given.$metadata?.httpStatusCode === undefined
      ? {}
      : { status: given.$metadata.httpStatusCode }),
    ...(given.quotaCode === undefined ? {} : { quotaCode: given.quotaCode }),
    ...(Number.isFinite(retryAfter) ? { retryAfterSeconds: retryAfter } : {}),
  };
}
