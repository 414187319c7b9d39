import { AccessDeniedException } from "@aws-sdk/client-drs";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, it } from "vitest";
import type { EmulatedService, NeededRight } from "../../../runtime/rehearsal/services/service.js";
import {
  describeInstances,
  describeJobs,
  lane,
  serverId,
  startBench,
  startRecovery,
} from "./bench.js";
import { signedRequest } from "./signed-request.js";

const broken: EmulatedService = {
  signingNames: ["broken"],
  operationOf: () => "Break",
  rightsOf: () => [],
  answer: () => Promise.reject(new Error("out of order")),
  denied: () => ({ status: 403, headers: {}, body: "" }),
};

describe("who may pass", () => {
  it("refuses a request without a signature in the protocol it speaks", async () => {
    const bench = await startBench();
    const { url } = bench.gateway;
    const rest = await fetch(`${url}/DescribeJobs`, { method: "POST", body: "{}" });
    expect(rest.status).toBe(403);
    expect(rest.headers.get("x-amzn-errortype")).toBe("MissingAuthenticationTokenException");
    const json = await fetch(url, {
      method: "POST",
      headers: { "x-amz-target": "ServiceQuotasV20190624.GetServiceQuota" },
      body: "{}",
    });
    expect(json.status).toBe(400);
    expect(await json.json()).toMatchObject({ __type: "MissingAuthenticationTokenException" });
    const form = new URLSearchParams({ Action: "GetCallerIdentity" });
    const query = await fetch(url, { method: "POST", body: form });
    expect(query.status).toBe(403);
    expect(await query.text()).toContain("<Code>MissingAuthenticationToken</Code>");
  });

  it("refuses a signature that is not complete", async () => {
    const bench = await startBench();
    const authorization = "AWS4-HMAC-SHA256 Credential=AKIA/20260124/eu-central-1/drs/aws4_request";
    const response = await signedRequest(bench)("POST", "/DescribeJobs", "{}", { authorization });
    expect(response.headers.get("x-amzn-errortype")).toBe("IncompleteSignatureException");
  });

  it("refuses an unknown key, and a known one with another session's token", async () => {
    const bench = await startBench();
    const stolen = { "x-amz-security-token": bench.credentials("other").sessionToken };
    const response = await signedRequest(bench)("POST", "/DescribeJobs", "{}", stolen);
    expect(response.status).toBe(403);
    expect(response.headers.get("x-amzn-errortype")).toBe("UnrecognizedClientException");
    const client = new STSClient({
      endpoint: bench.gateway.url,
      region: "eu-central-1",
      credentials: { accessKeyId: "AKIAUNKNOWN", secretAccessKey: "x" },
      maxAttempts: 1,
    });
    await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "InvalidClientTokenId",
      $metadata: { httpStatusCode: 403 },
    });
  });

  it("refuses a session that has expired", async () => {
    const bench = await startBench();
    const client = bench.client();
    expect(await describeJobs(client)).toEqual([]);
    await bench.pass(43_200);
    await expect(describeJobs(client)).rejects.toMatchObject({ name: "ExpiredTokenException" });
  });

  it("asks every right before the service does anything, and says what was missing", async () => {
    const asked: NeededRight[] = [];
    const bench = await startBench({
      gateway: {
        authorize: (_principal, right) => {
          asked.push(right);
          const reason = `no identity-based policy allows the ${right.action} action`;
          return { allowed: right.action !== "drs:TagResource", reason };
        },
      },
    });
    const call = startRecovery(bench.client(), [serverId(1)], { tags: { "dr:execution": "e" } });
    const arn = `arn:aws:drs:eu-central-1:111122223333:source-server/${serverId(1)}`;
    const denial = await call.catch((error: unknown) => error);
    expect(denial).toBeInstanceOf(AccessDeniedException);
    expect(denial).toMatchObject({
      message:
        "User: arn:aws:sts::111122223333:assumed-role/operator/test is not authorized to perform: " +
        `drs:TagResource on resource: ${arn} because no identity-based policy allows the drs:TagResource action`,
    });
    expect(asked.map(({ action }) => action)).toEqual([
      "drs:StartRecovery",
      "drs:CreateRecoveryInstanceForDrs",
      "drs:TagResource",
    ]);
    expect(asked[2]).toMatchObject({
      resources: [arn],
      context: {
        "aws:RequestTag/dr:execution": "e",
        "aws:RequestedRegion": "eu-central-1",
        "aws:PrincipalAccount": "111122223333",
      },
    });
    expect(bench.drs.jobs(lane)).toEqual([]);
    expect(bench.calls).toMatchObject([{ status: 403, error: "AccessDeniedException" }]);
    expect(bench.events).toMatchObject([{ type: "refused", code: "AccessDeniedException" }]);
  });
});

describe("what comes back", () => {
  it("is dated by the timeline and numbered", async () => {
    const bench = await startBench();
    await bench.pass(60);
    const send = signedRequest(bench);
    const first = await send("POST", "/DescribeJobs", "{}");
    const second = await send("POST", "/DescribeJobs", "{}");
    expect(first.headers.get("date")).toBe("Sat, 24 Jan 2026 02:01:00 GMT");
    expect(first.headers.get("x-amzn-requestid")).toBe("00000000-0000-4000-8000-000000000001");
    expect(second.headers.get("x-amzn-requestid")).toBe("00000000-0000-4000-8000-000000000002");
  });

  it("is 501 in the caller's protocol for a service that nobody emulates", async () => {
    const bench = await startBench();
    const response = await signedRequest(bench, "rds")("POST", "/", "Action=X&Version=1", {
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(response.status).toBe(501);
    expect(await response.text()).toContain("<Code>NotEmulated</Code>");
    const json = await signedRequest(bench, "glue")("POST", "/", "{}");
    expect(await json.json()).toMatchObject({ code: "NotEmulated" });
  });

  it("is 500 in JSON, with the cause logged, when a service throws", async () => {
    const logged: unknown[] = [];
    const bench = await startBench({
      gateway: {
        services: [broken],
        log: { error: (message, fields) => logged.push({ message, ...fields }) },
      },
    });
    const response = await signedRequest(bench, "broken")("POST", "/", "{}");
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ code: "InternalServerException" });
    expect(logged).toMatchObject([
      { service: "broken", cause: expect.stringContaining("out of order") },
    ]);
    expect(bench.calls).toMatchObject([{ operation: "Break", status: 500 }]);
  });

  it("is recorded with its time, lane, role and operation", async () => {
    const bench = await startBench();
    await describeInstances(bench.client());
    expect(bench.calls).toEqual([
      {
        atMs: bench.clock.now(),
        service: "drs",
        operation: "DescribeRecoveryInstances",
        account: "111122223333",
        region: "eu-central-1",
        roleArn: "arn:aws:iam::111122223333:role/operator",
        status: 200,
      },
    ]);
  });

  it("comes after the latency that a benchmark asks for", async () => {
    const bench = await startBench({ gateway: { latencyMs: 30 } });
    const before = performance.now();
    await describeJobs(bench.client());
    expect(performance.now() - before).toBeGreaterThanOrEqual(29);
  });
});
