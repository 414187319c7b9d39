import { type LaneKey, laneKey } from "../../core/lane.js";
import { partitionOf } from "../../core/partition.js";
import { type DrsQuotaName, drsQuotas } from "../../limits.js";
import { parseArn } from "./arns.js";
import { jsonInput, jsonOperation, jsonRefusal, jsonReply } from "./json-protocol.js";
import type { EmulatedService, ServiceReply, ServiceRequest } from "./service.js";

/** Quotas of a lane that differ from those AWS gives everybody. */
export type QuotaOverrides = Partial<Readonly<Record<DrsQuotaName, number>>>;

/** A quota as it stands in a lane. */
export function quotaIn(name: DrsQuotaName, overrides: QuotaOverrides | undefined): number {
  return overrides?.[name] ?? drsQuotas[name].value;
}

export interface ServiceQuotasOptions {
  /** Give the same function to the DRS emulator, so that what is told is what is enforced. */
  quotas?(lane: LaneKey): QuotaOverrides | undefined;
}

const quotaNames = Object.keys(drsQuotas) as readonly DrsQuotaName[];

const operations = ["GetServiceQuota", "ListServiceQuotas"] as const;
type Operation = (typeof operations)[number];

/** Service Quotas for service code `drs`: GetServiceQuota and ListServiceQuotas, per account and Region. */
export function createServiceQuotas(options: ServiceQuotasOptions = {}): EmulatedService {
  return {
    signingNames: ["servicequotas"],
    operationOf: jsonOperation,
    rightsOf(request) {
      const operation = jsonOperation(request);
      if (!isEmulated(operation)) return [];
      const resources = operation === "GetServiceQuota" ? [resourceOf(request)] : ["*"];
      return [{ action: `servicequotas:${operation}`, resources, context: {} }];
    },
    async answer(request) {
      const operation = jsonOperation(request);
      if (!isEmulated(operation)) {
        const message = `Operation must be an emulated one, got "${operation}".`;
        return jsonRefusal(501, "NotEmulated", message);
      }
      const body = jsonInput(request);
      if (body.ServiceCode !== "drs") {
        const message = `The request failed because the specified service "${String(body.ServiceCode)}" does not exist.`;
        return jsonRefusal(400, "NoSuchResourceException", message);
      }
      const all = quotaNames.map((name) => quotaOf(name, request, options));
      return operation === "GetServiceQuota" ? one(all, body) : page(all, body);
    },
    denied: (_request, message) => jsonRefusal(400, "AccessDeniedException", message),
  };
}

type WireQuota = ReturnType<typeof quotaOf>;

function quotaOf(name: DrsQuotaName, request: ServiceRequest, options: ServiceQuotasOptions) {
  const quota = drsQuotas[name];
  const { region, principal } = request;
  const { account } = principal;
  return {
    ServiceCode: "drs",
    ServiceName: "AWS Elastic Disaster Recovery (DRS)",
    QuotaArn: quotaArn(request, quota.quotaCode),
    QuotaCode: quota.quotaCode,
    QuotaName: quota.name,
    Value: quotaIn(name, options.quotas?.(laneKey({ account, region }))),
    Unit: "None",
    Adjustable: quota.adjustable !== "no",
    GlobalQuota: false,
  };
}

function one(all: readonly WireQuota[], body: Readonly<Record<string, unknown>>): ServiceReply {
  const quota = all.find(({ QuotaCode }) => QuotaCode === body.QuotaCode);
  if (!quota) {
    const message = `The request failed because the specified quota "${String(body.QuotaCode)}" does not exist.`;
    return jsonRefusal(400, "NoSuchResourceException", message);
  }
  return jsonReply({ Quota: quota });
}

function page(all: readonly WireQuota[], body: Readonly<Record<string, unknown>>): ServiceReply {
  const { MaxResults: size = 100, NextToken: token = "0" } = body;
  const start = Number(token);
  if (!Number.isInteger(start) || start < 0 || start > all.length) {
    return jsonRefusal(400, "InvalidPaginationTokenException", "Invalid pagination token");
  }
  if (!Number.isInteger(size) || Number(size) < 1 || Number(size) > 100) {
    const message = `MaxResults must be 1 to 100, got ${String(size)}.`;
    return jsonRefusal(400, "IllegalArgumentException", message);
  }
  const end = start + Number(size);
  const quotas = all.slice(start, end);
  return jsonReply({ Quotas: quotas, ...(end < all.length && { NextToken: String(end) }) });
}

function resourceOf(request: ServiceRequest): string {
  const body = jsonInput(request);
  return quotaArn(request, String(body.QuotaCode), String(body.ServiceCode));
}

function quotaArn({ region, principal }: ServiceRequest, code: string, service = "drs"): string {
  const partition = parseArn(principal.roleArn)?.partition ?? partitionOf(region);
  return `arn:${partition}:servicequotas:${region}:${principal.account}:${service}/${code}`;
}

function isEmulated(operation: string): operation is Operation {
  return operations.some((name) => name === operation);
}
