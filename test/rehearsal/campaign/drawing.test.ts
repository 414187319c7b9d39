import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { formatProblems, loadEnvironment } from "../../../runtime/environment/load.js";
import { caseSchema, readCase } from "../../../runtime/rehearsal/campaign/case.js";
import { type CaseSource, drawCase } from "../../../runtime/rehearsal/campaign/draw-case.js";
import { drawnKinds } from "../../../runtime/rehearsal/campaign/draw-faults.js";
import { builtInProfiles } from "../../../runtime/rehearsal/faults/built-in.js";
import { faultKinds } from "../../../runtime/rehearsal/faults/kinds.js";
import { drawEstate } from "../../support/campaign/draw-estate.js";

const source: CaseSource = {
  plans: ["payments", "shop"],
  lanes: [
    { account: "111111111111", region: "us-east-1" },
    { account: "222222222222", region: "eu-west-1" },
  ],
};
const seeds = Array.from({ length: 400 }, (_, index) => index);

describe("cases of a campaign", () => {
  it("are the same for the same seed", () => {
    for (const seed of seeds) expect(drawCase(seed, source)).toEqual(drawCase(seed, source));
  });

  it("differ from seed to seed in all that a case says", () => {
    const cases = seeds.map((seed) => drawCase(seed, source));
    for (const key of ["plan", "kind", "cleanUp", "relaunchRecovered"] as const) {
      expect(new Set(cases.map((one) => one[key])).size).toBe(2);
    }
    expect(new Set(cases.map(({ launchSeconds }) => launchSeconds?.from)).size).toBeGreaterThan(20);
  });

  it("draw every kind of fault that there is, but for hidden jobs", () => {
    const kinds = seeds.flatMap((seed) => drawCase(seed, source).faults.faults);
    const drawn = [...new Set(kinds.map(({ kind }) => kind))];
    expect(drawn.sort()).toEqual(drawnKinds);
    expect([...drawn, "hidden-job"].sort()).toEqual(Object.keys(faultKinds).sort());
  });

  it("have the faults of a profile where one is given", () => {
    const { calm: faults } = builtInProfiles;
    if (!faults) throw new Error("calm must be a profile");
    expect(drawCase(3, { ...source, faults }).faults).toBe(faults);
  });

  it("come back from the file that holds them", () => {
    const file = join(mkdtempSync(join(tmpdir(), "campaign-case-")), "case.yaml");
    for (const seed of seeds.slice(0, 40)) {
      const one = drawCase(seed, source);
      writeFileSync(file, stringify(one));
      expect(readCase(file)).toEqual({ ok: true, value: one });
      expect(caseSchema.parse(one)).toEqual(one);
    }
  });
});

describe("drawn estates", () => {
  it("are valid environments of one to four lanes", () => {
    const file = join(mkdtempSync(join(tmpdir(), "campaign-estate-")), "environment.yaml");
    const lanes = new Set<number>();
    for (const seed of seeds.slice(0, 25)) {
      writeFileSync(file, drawEstate(seed));
      const loaded = loadEnvironment(file);
      if (!loaded.ok) throw new Error(formatProblems(file, loaded.problems));
      lanes.add(loaded.environment.accounts.flatMap((account) => account.lanes).length);
    }
    expect([...lanes].sort()).toEqual([1, 2, 3, 4]);
  });
});
