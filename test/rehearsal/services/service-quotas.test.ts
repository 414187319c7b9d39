import {
  GetServiceQuotaCommand,
  NoSuchResourceException,
  paginateListServiceQuotas,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { describe, expect, it } from "vitest";
import { drsQuotas } from "../../../runtime/limits.js";
import { lane, startBench } from "./bench.js";

const ServiceCode = "drs";

describe("GetServiceQuota", () => {
  it("answers the constants, and what the lane has of its own", async () => {
    const bench = await startBench({
      drs: { quotas: (key) => (key === lane ? { sourceServers: 5_000 } : undefined) },
    });
    const valueIn = async (where: typeof lane, QuotaCode: string): Promise<unknown> => {
      const client = new ServiceQuotasClient(bench.access(where));
      const { Quota } = await client.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode }));
      return Quota?.Value;
    };
    expect(await valueIn(lane, "L-E28BE5E0")).toBe(5_000);
    expect(await valueIn(lane, "L-D88FAC3A")).toBe(20);
    expect(await valueIn("444455556666/us-east-1", "L-E28BE5E0")).toBe(4_000);
  });

  it("knows no other quota and no other service", async () => {
    const bench = await startBench();
    const client = new ServiceQuotasClient(bench.access());
    for (const input of [
      { ServiceCode, QuotaCode: "L-00000000" },
      { ServiceCode: "vpc", QuotaCode: "L-D88FAC3A" },
    ]) {
      await expect(client.send(new GetServiceQuotaCommand(input))).rejects.toBeInstanceOf(
        NoSuchResourceException,
      );
    }
  });

  it("is denied in JSON", async () => {
    const bench = await startBench({
      gateway: {
        authorize: (_principal, { action, resources }) => ({
          allowed: false,
          reason: `${action} ${resources.join()}`,
        }),
      },
    });
    const client = new ServiceQuotasClient(bench.access());
    const command = new GetServiceQuotaCommand({ ServiceCode, QuotaCode: "L-D88FAC3A" });
    await expect(client.send(command)).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining(
        "servicequotas:GetServiceQuota arn:aws:servicequotas:eu-central-1:111122223333:drs/L-D88FAC3A",
      ),
    });
  });
});

describe("ListServiceQuotas", () => {
  it("gives every quota once by the end", async () => {
    const bench = await startBench();
    const client = new ServiceQuotasClient(bench.access());
    const codes: unknown[] = [];
    for await (const page of paginateListServiceQuotas({ client, pageSize: 4 }, { ServiceCode })) {
      codes.push(...(page.Quotas ?? []).map(({ QuotaCode }) => QuotaCode));
    }
    expect(codes).toEqual(Object.values(drsQuotas).map(({ quotaCode }) => quotaCode));
  });
});
