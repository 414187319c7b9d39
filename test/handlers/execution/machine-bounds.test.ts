import { describe, expect, it } from "vitest";
import { laneKey } from "../../../runtime/core/lane.js";
import { executionId as requestedId } from "../../../runtime/handlers/requests.js";
import { laneA } from "../../support/execution/build.js";
import { executionId, fleetOf, startBench } from "../../support/execution/handler-bench.js";

/** Bytes of the longest answer to a turn, over all turns of a lane with so many servers. */
async function longestAnswerBytes(servers: number): Promise<number> {
  const bench = startBench({ fleet: { [laneA]: fleetOf(servers) } });
  await bench.begin();
  let longest = 0;
  for (let turns = 0; turns < 2_000; turns += 1) {
    const answer = await bench.advance();
    longest = Math.max(longest, JSON.stringify(answer).length);
    if (answer.next !== "wait") return longest;
    bench.pass(answer.seconds);
  }
  throw new Error("the lane never came to rest");
}

describe("what goes through the state machines", () => {
  it("is as small for a lane of 300 servers as for one of 1", async () => {
    const [one, many] = [await longestAnswerBytes(1), await longestAnswerBytes(300)];
    expect(many).toBeLessThanOrEqual(one + 20);
    expect(many).toBeLessThan(100);
  });
});

describe("names of executions", () => {
  it("have at most 80 characters of those that Step Functions takes, in the longest case", async () => {
    const lane = laneKey({ account: "111111111111", region: "ap-southeast-1" });
    const bench = startBench({ fleet: { [lane]: fleetOf(1) } });
    await bench.begin();
    await bench.ask("hand-over", { lane, part: 999_998 });
    const names = bench.asked.started.map(({ name }) => name);
    const longestId = "x".repeat(36);
    expect(requestedId.safeParse(longestId).success).toBe(true);
    expect(requestedId.safeParse(`${longestId}x`).success).toBe(false);
    const longest = names.map((name) => name.replace(executionId, longestId));
    expect(longest.at(-1)).toBe(`${longestId}-111111111111-ap-southeast-1-999999`);
    for (const name of longest) expect(name).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
  });
});
