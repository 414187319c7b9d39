import { describe, expect, it } from "vitest";
import { callAnswer, laneError } from "../../runtime/adapters/drs-errors.js";

const lane = { account: "111111111111", region: "us-east-1" };
const expired = Object.assign(new Error("The security token is expired"), {
  name: "ExpiredTokenException",
  $metadata: { httpStatusCode: 403 },
});

describe("a session that is over", () => {
  it("holds a changing call back instead of denying it, for the next session may make it", async () => {
    expect(await callAnswer(() => Promise.reject(expired))).toEqual({
      kind: "throttled",
      message: "The security token is expired",
    });
  });

  it("leaves its lane unread for now instead of denied", () => {
    expect(laneError(lane, expired)).toMatchObject({
      code: "lane-unreachable",
      fields: { error: "ExpiredTokenException" },
    });
  });
});
