import { describe, expect, it } from "vitest";
import { skewedReply, skewedRequest } from "../../../runtime/rehearsal/faults/skew.js";
import type { ServiceRequest } from "../../../runtime/rehearsal/services/service.js";

const request: ServiceRequest = {
  service: "drs",
  region: "us-east-1",
  principal: { account: "111122223333", arn: "", roleArn: "" },
  method: "POST",
  path: "/DescribeJobs",
  query: new URLSearchParams(),
  headers: {},
  body: Buffer.from('{"filters":{"fromDate":"2026-01-24T02:00:10Z"}}'),
};

describe("a clock that is ahead", () => {
  it("dates replies later, in the form that they had", () => {
    const body = '{"a":"2026-01-24T23:59:59+00:00","b":"2026-01-24T02:00:00.250Z","c":"2026"}';
    const reply = { status: 200, headers: {}, body };
    expect(skewedReply(reply, 61).body).toBe(
      '{"a":"2026-01-25T00:01:00+00:00","b":"2026-01-24T02:01:01.250Z","c":"2026"}',
    );
  });

  it("reads requests so that what it answers is meant by both", () => {
    expect(skewedRequest(request, 61).body.toString()).toBe(
      '{"filters":{"fromDate":"2026-01-24T01:59:09Z"}}',
    );
  });
});
