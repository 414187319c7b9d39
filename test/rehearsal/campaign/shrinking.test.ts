import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { declaredFleet } from "../../../runtime/environment/fleet.js";
import { loadEnvironment } from "../../../runtime/environment/load.js";
import type { Environment } from "../../../runtime/environment/schema.js";
import type { RehearsalCase } from "../../../runtime/rehearsal/campaign/case.js";
import { findSmaller, type Subject } from "../../../runtime/rehearsal/campaign/find-smaller.js";
import type { CaseResult } from "../../../runtime/rehearsal/campaign/result.js";
import { shrink } from "../../../runtime/rehearsal/campaign/shrink.js";
import { profileSchema } from "../../../runtime/rehearsal/faults/profile.js";
import { drawEstate } from "../../support/campaign/draw-estate.js";

const scratch = join(mkdtempSync(join(tmpdir(), "campaign-shrinking-")), "environment.yaml");

/** The environment as its file would be read, where it is valid. */
function readBack(environment: Environment): Environment | undefined {
  writeFileSync(scratch, stringify(environment, { aliasDuplicateObjects: false }));
  const loaded = loadEnvironment(scratch);
  return loaded.ok ? loaded.environment : undefined;
}

function estate(seed: number): Environment {
  writeFileSync(scratch, drawEstate(seed));
  const loaded = loadEnvironment(scratch);
  if (!loaded.ok) throw new Error(`estate ${seed} must be valid`);
  return loaded.environment;
}

const one: RehearsalCase = {
  schemaVersion: 1,
  plan: "plan-1",
  kind: "drill",
  seed: 7,
  cleanUp: true,
  relaunchRecovered: true,
  launchSeconds: { from: 20, to: 60 },
  faults: profileSchema.parse({
    schemaVersion: 1,
    name: "four",
    faults: [
      { kind: "throttling", percent: 10 },
      { kind: "death", when: "after", percent: 5 },
      { kind: "stranger", atSeconds: 10, does: "drill", servers: 3 },
      { kind: "clock-skew", seconds: 60 },
    ],
  }),
};

const rule = "started once";

/** A planted defect: a rule breaks wherever a function may die and the plan has two servers or more. */
async function broken({ case: tried, environment }: Subject): Promise<CaseResult | undefined> {
  const valid = environment && readBack(environment);
  if (environment && !valid) return undefined;
  const plan = valid?.plans.find(({ name }) => name === tried.plan);
  const servers = valid ? declaredFleet(valid).filter(({ tags }) => tags.Plan === tried.plan) : [];
  const dies = tried.faults.faults.some(({ kind }) => kind === "death");
  const isBroken = dies && (valid === undefined || servers.length >= 2);
  return {
    outcome: "recovered",
    servers: servers.length,
    waves: plan?.waves.length ?? 0,
    calls: 0,
    injected: {},
    ...(isBroken && { failure: { rule, reasons: ["a server was started twice"] } }),
  };
}

describe("a case that fails", () => {
  it("shrinks to the one fault that breaks it, happening once", async () => {
    const { case: smallest, isSmallest } = await findSmaller({ case: one }, rule, broken);
    expect(isSmallest).toBe(true);
    expect(smallest.faults.faults).toEqual([
      { kind: "death", when: "after", calls: {}, percent: 5, atMost: 1 },
    ]);
    expect(smallest).toMatchObject({ relaunchRecovered: false, cleanUp: false });
  });

  it.each([1, 2, 3, 4])("shrinks to two servers of one plan on estate %i", async (seed) => {
    const start = { case: one, environment: estate(seed) };
    const { environment, isSmallest } = await findSmaller(start, rule, broken);
    expect(isSmallest).toBe(true);
    expect(environment?.plans.map(({ name }) => name)).toEqual(["plan-1"]);
    const fleet = environment ? declaredFleet(environment) : [];
    expect(fleet.filter(({ tags }) => tags.Plan === "plan-1")).toHaveLength(2);
    expect(environment?.plans[0]?.reserve).toEqual({ jobs: 0, servers: 0 });
  });

  it("comes to the same end from the same start", async () => {
    const start = { case: one, environment: estate(3) };
    const first = await findSmaller(start, rule, broken);
    expect(await findSmaller(start, rule, broken)).toEqual(first);
  });

  it("keeps what breaks the rule, whatever else would break another", async () => {
    const otherwise = async (subject: Subject): Promise<CaseResult | undefined> => {
      const result = await broken(subject);
      if (result?.failure || !result) return result;
      return { ...result, failure: { rule: "within quotas", reasons: [] } };
    };
    const { case: smallest } = await findSmaller({ case: one }, rule, otherwise);
    expect(smallest.faults.faults.map(({ kind }) => kind)).toEqual(["death"]);
  });
});

describe("shrinking", () => {
  const halves = (value: number): readonly number[] => [Math.floor(value / 2), value - 1];
  const atLeastSeven = (value: number): Promise<boolean> => Promise.resolve(value >= 7);

  it("takes the first smaller one that fails, until none does", async () => {
    const shrinking = { smaller: halves, fails: atLeastSeven, mostTries: 100 };
    expect(await shrink(60, shrinking)).toEqual({ value: 7, tries: 5, isSmallest: true });
  });

  it("ends after so many tries with the smallest found so far", async () => {
    const shrinking = { smaller: halves, fails: atLeastSeven, mostTries: 2 };
    expect(await shrink(60, shrinking)).toEqual({ value: 15, tries: 2, isSmallest: false });
  });
});
