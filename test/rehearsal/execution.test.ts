import { describe, expect, it } from "vitest";
import { reportedServers } from "../../runtime/rehearsal/execution.js";

const lane = "111111111111/us-east-1";
const told = {
  outcome: "recovered-with-failures" as const,
  heldBack: {},
  servers: [{ server: "s-1", outcome: "launched" as const }],
  lostLanes: [{ lane: "222222222222/us-east-1", reason: "AccessDenied" }],
};

describe("what an execution tells of its servers", () => {
  it("counts servers of a lane that it lost as failed for the reason of their lane", () => {
    const members = [
      { server: "s-1", lane },
      { server: "s-2", lane: "222222222222/us-east-1" },
    ] as const;
    expect(reportedServers(told, members)).toEqual([
      { server: "s-1", outcome: "launched" },
      {
        server: "s-2",
        outcome: "failed",
        reason: "the lane was lost: AccessDenied",
        isLaneLost: true,
      },
    ]);
  });

  it("tells one reason for all servers where it ended before it knew any", () => {
    const blind = { ...told, servers: [], refusal: "no lane answers" };
    expect(reportedServers(blind, [{ server: "s-1", lane }])).toEqual([
      { server: "s-1", outcome: "failed", reason: "no lane answers" },
    ]);
  });

  it("leaves servers of other lanes that it does not tell of untold", () => {
    expect(reportedServers(told, [{ server: "s-3", lane }])).toEqual(told.servers);
  });
});
