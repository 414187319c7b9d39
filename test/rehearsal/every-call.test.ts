import { describe, expect, it } from "vitest";
import { readProfile } from "../../runtime/rehearsal/faults/read-profile.js";
import {
  atEveryCall,
  atEveryEvent,
  commandOf,
  quickDrill,
  rehearsed,
} from "../support/every-call.js";

describe("the enumeration of every call", () => {
  it("knows every service that a drill calls, and the same calls each time", async () => {
    const six = await quickDrill();
    const [once, again] = [await rehearsed(six), await rehearsed(six)];
    const chances = once.world.faults.chances();
    expect(again.world.faults.chances()).toEqual(chances);
    expect([...new Set(Object.keys(chances).map((what) => what.split(":")[0]))].sort()).toEqual([
      "drs",
      "dynamodb",
      "event",
      "servicequotas",
      "sns",
      "states",
      "sts",
    ]);
  });

  it("prints commands that run the very same point", () => {
    const chances = { "drs:StartRecovery": 3, "event:advance": 2 };
    const points = [
      ...atEveryCall(chances, "killed after a call"),
      ...atEveryCall(chances, "that never hears of a call"),
      ...atEveryEvent(chances, "whose answer is lost"),
    ];
    expect(points).toHaveLength(3 + 3 + 2);
    for (const faults of points) {
      const [, list = ""] = /--faults '(.*)'$/.exec(commandOf(faults)) ?? [];
      expect(readProfile(list)).toEqual({ ok: true, value: faults });
    }
  });
});
