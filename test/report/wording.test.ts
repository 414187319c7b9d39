import { describe, expect, test } from "vitest";
import {
  clockTime,
  counted,
  duration,
  faultsInWords,
  moodOf,
  outcomeInWords,
  ratio,
  thousands,
} from "../../runtime/report/wording.js";
import { sampleRehearsal, sixServers } from "../support/sample-rehearsal.js";

const sample = sampleRehearsal(sixServers);

describe("faults in words", () => {
  test("name the profile and how often each kind happened", () => {
    const faults = { profile: "rough", injected: { death: 1_200, "lost-reply": 2 } };
    expect(faultsInWords({ ...sample, faults })).toBe(
      "Faults of profile rough: death 1,200 ×, lost-reply 2 ×.",
    );
  });

  test("say where none happened, and nothing where none was asked for", () => {
    expect(faultsInWords({ ...sample, faults: { profile: "calm", injected: {} } })).toBe(
      "Faults of profile calm: none happened.",
    );
    expect(faultsInWords(sample)).toBeUndefined();
  });
});

describe("numbers in words", () => {
  test.each([
    [0, "0"],
    [999, "999"],
    [1000, "1,000"],
    [1_234_567, "1,234,567"],
  ])("%d reads %s", (value, text) => {
    expect(thousands(value)).toBe(text);
  });

  test("one of a thing is singular, none and many are plural", () => {
    expect([0, 1, 2].map((count) => counted(count, "server"))).toEqual([
      "0 servers",
      "1 server",
      "2 servers",
    ]);
  });

  test.each([
    [0, "0 s"],
    [59.6, "1 min"],
    [860, "14 min 20 s"],
    [3600, "1 h"],
    [11_100, "3 h 5 min"],
  ])("%d seconds last %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  test.each([
    [0, "0:00"],
    [61, "1:01"],
    [3725, "1:02:05"],
  ])("%d seconds after the start the clock shows %s", (seconds, text) => {
    expect(clockTime(seconds)).toBe(text);
  });

  test("a ratio keeps the digits that say something", () => {
    expect([0.421, 3.14, 12.4].map(ratio)).toEqual(["0.42", "3.1", "12"]);
  });
});

describe("the outcome in words", () => {
  test("a recovery of all says how long it took", () => {
    expect(outcomeInWords({ ...sample, makespanSeconds: 860 })).toBe(
      "All 6 servers recovered in 14 min 20 s",
    );
  });

  test("a recovery with skipped servers does not claim all of them", () => {
    const servers = { ...sample.servers, launched: 4, skipped: 2 };
    expect(outcomeInWords({ ...sample, makespanSeconds: 60, servers })).toBe(
      "Recovered in 1 min: 4 of 6 servers launched, 2 skipped",
    );
  });

  test("failures, a cancelled and a failed execution are told as such", () => {
    const servers = { ...sample.servers, launched: 5, failed: 1 };
    const told = (outcome: typeof sample.outcome) =>
      outcomeInWords({ ...sample, makespanSeconds: 60, servers, outcome });
    expect(told("recovered-with-failures")).toBe(
      "Recovered with failures in 1 min: 1 server of 6 did not launch",
    );
    expect(told("cancelled")).toBe("Cancelled in 1 min: 5 of 6 servers had launched");
    expect(told("failed")).toBe("The execution could not go on: 5 of 6 servers had launched");
  });

  test("a broken invariant is bad news even when all recovered", () => {
    const broken = [{ invariant: "started once", atSeconds: 1, what: "twice" }];
    expect(moodOf(sample)).toBe("good");
    expect(moodOf({ ...sample, brokenInvariants: broken })).toBe("bad");
  });
});
