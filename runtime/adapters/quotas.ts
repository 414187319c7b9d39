import {
  ListServiceQuotasCommand,
  type ListServiceQuotasCommandOutput,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import type { QuotasOfLane } from "../core/ports.js";
import type { LaneQuotas } from "../core/recovery/observation.js";
import { documentedQuotas } from "../core/recovery/predict.js";
import { type DrsQuotaName, drsQuotas } from "../limits.js";
import type { CredentialsOfLane } from "./credentials.js";

/**
 * Quotas of a lane as Service Quotas tells them. What it does not tell, or cannot be asked, is taken
 * from the documented constants: a recovery never waits for Service Quotas.
 */
export function quotasOfLane(credentialsOf: CredentialsOfLane): QuotasOfLane {
  return async (lane) => {
    const client = new ServiceQuotasClient({
      region: lane.region,
      credentials: credentialsOf(lane),
      maxAttempts: 2,
      requestHandler: { requestTimeout: 5_000, connectionTimeout: 2_000 },
    });
    try {
      return quotasFrom(await everyQuota(client));
    } catch {
      return documentedQuotas;
    } finally {
      client.destroy();
    }
  };
}

async function everyQuota(client: ServiceQuotasClient): Promise<ReadonlyMap<string, number>> {
  const values = new Map<string, number>();
  let paging: { NextToken?: string } | undefined = {};
  while (paging) {
    const page: ListServiceQuotasCommandOutput = await client.send(
      new ListServiceQuotasCommand({ ServiceCode: "drs", MaxResults: 100, ...paging }),
    );
    for (const { QuotaCode, Value } of page.Quotas ?? []) {
      if (QuotaCode !== undefined && Value !== undefined) values.set(QuotaCode, Value);
    }
    paging = page.NextToken ? { NextToken: page.NextToken } : undefined;
  }
  return values;
}

function quotasFrom(values: ReadonlyMap<string, number>): LaneQuotas {
  const quotaOf = (name: DrsQuotaName) =>
    values.get(drsQuotas[name].quotaCode) ?? drsQuotas[name].value;
  return {
    replicatingServers: quotaOf("replicatingServers"),
    sourceServers: quotaOf("sourceServers"),
    concurrentJobs: quotaOf("concurrentJobs"),
    serversPerJob: quotaOf("serversPerJob"),
    serversInAllJobs: quotaOf("serversInAllJobs"),
    readFrom: "service-quotas",
  };
}
