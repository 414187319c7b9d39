import { describe, expect, it } from "vitest";
import { failureOf } from "../../../runtime/rehearsal/campaign/judge.js";
import type { RehearsalDocument } from "../../../runtime/rehearsal/document.js";
import { sampleRehearsal, sixServers } from "../../support/sample-rehearsal.js";

const sample = sampleRehearsal(sixServers);
const refused: RehearsalDocument = {
  ...sample,
  outcome: "failed",
  cause: "no lane answers",
  jobTraces: [],
  faults: { profile: "drawn", injected: { "refused-credentials": 9 } },
};

describe("a case of a campaign", () => {
  it("fails by the first rule that it broke", () => {
    const brokenInvariants = [{ invariant: "gate-order", atSeconds: 60.4, what: "too early" }];
    expect(failureOf({ ...sample, brokenInvariants })).toEqual({
      rule: "gate-order",
      reasons: ["gate-order, after 60 s: too early"],
    });
  });

  it("does not fail by servers that could not be launched", () => {
    expect(failureOf({ ...sample, outcome: "recovered-with-failures" })).toBeUndefined();
  });

  it("does not fail by an execution that could read no lane, says so, and started nothing", () => {
    expect(failureOf(refused)).toBeUndefined();
  });

  it.each<[string, Partial<RehearsalDocument>]>([
    ["although every lane could be read", { faults: { profile: "drawn", injected: { death: 1 } } }],
    ["after it had started jobs", { jobTraces: sample.jobTraces }],
  ])("fails by an execution that failed %s", (_, difference) => {
    const failure = failureOf({ ...refused, ...difference });
    expect(failure).toEqual({ rule: "execution failed", reasons: ["no lane answers"] });
  });

  it("fails by an execution that failed and says not why", () => {
    const { cause: _, ...silent } = refused;
    expect(failureOf(silent)?.reasons).toEqual(["the execution failed and says not why"]);
  });
});
