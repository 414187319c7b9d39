import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { type PreviewReport, previewEnvironment } from "../../runtime/rehearsal/program/preview.js";
import { describeTier } from "../support/tier.js";
import { environmentOf } from "./support/examples.js";
import { drsLimits, ownProject, type Project, packFolder } from "./support/project.js";

/** What a rule says, as the CLI prints it: level, rule, resource and message. */
interface Finding {
  readonly level: string;
  readonly policy: string;
  readonly about: string;
  readonly message: string;
}

const printedFinding =
  /- \[(?<level>advisory|mandatory)\].*? {2}(?<policy>dr-\S+) {2}\(\S+: (?<about>\S+)\)\n.*\n +(?<message>.*)\n/g;

function findingsIn(printed: string): readonly Finding[] {
  const found = [...printed.matchAll(printedFinding)].map(({ groups }) => ({ ...groups }));
  return (found as unknown as readonly Finding[]).toSorted(byText);
}

/** What our harness found, in the same words. */
function findingsOf(violations: PreviewReport["violations"]): readonly Finding[] {
  return violations
    .map(({ level, policy, resourceName, message }) => ({
      level,
      policy,
      about: resourceName ?? "pulumi-aws-dr-preview",
      message,
    }))
    .toSorted(byText);
}

function byText(one: Finding, other: Finding): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

const refused = [
  "fleet-above-quota",
  "rto-below-prediction",
  "source-servers-above-quota",
  "wave-without-room",
];
const advised = ["drill-without-clean-up", "jobs-at-once"];

/** An example with one passage otherwise, which a pack objects to. */
interface Objection {
  readonly pack: string;
  readonly what: string;
  readonly passage: string;
  readonly by: string;
  readonly config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Whether the pack refuses, and does not only advise. */
  readonly isRefused: boolean;
}

const objections: readonly Objection[] = [
  {
    pack: "failover-safety",
    what: "a promise that no failover can keep",
    passage: "rtoMinutes: 30, rpoSeconds: 900",
    by: "rtoMinutes: 10, rpoSeconds: 900",
    isRefused: true,
  },
  {
    pack: "residency-and-compliance",
    what: "backups that end too early",
    passage: "allocatedGibibytes: 500",
    by: "allocatedGibibytes: 500\n        backupRetentionDays: 7",
    isRefused: true,
  },
  {
    pack: "cost",
    what: "a budget that is too small",
    passage: "budget: { monthlyDollars: 15000 }",
    by: "budget: { monthlyDollars: 100 }",
    config: { "dr-within-budget": { monthlyDollars: 100 } },
    isRefused: false,
  },
];

describeTier("engine", "the policy packs under Pulumi's engine", inject("pulumiCli"), (cli) => {
  let project: Project;
  beforeAll(async () => {
    project = await ownProject(cli);
    await project.pulumi("stack", "init", "preview");
    await project.pulumi("config", "set", "--secret", "firstPassword", "first-and-soon-changed");
  });
  afterAll(() => project.close());

  function fileOf(environment: string): string {
    return resolve("test/policies/environments", `${environment}.yaml`);
  }

  async function deploying(command: "preview" | "up", environment: string) {
    await project.pulumi("config", "set", "environment", fileOf(environment));
    return project.pulumi(
      command,
      ...(command === "up" ? ["--yes"] : []),
      "--policy-pack",
      drsLimits,
    );
  }

  it.each([...refused, ...advised])("finds in %s what our harness finds", async (environment) => {
    const { code, printed } = await deploying("preview", environment);
    const { ok, violations } = await previewEnvironment({ environmentFile: fileOf(environment) });

    expect(violations).not.toEqual([]);
    expect(findingsIn(printed)).toEqual(findingsOf(violations));
    expect({ code, ok }).toEqual(
      refused.includes(environment) ? { code: 1, ok: false } : { code: 0, ok: true },
    );
  });

  it.each(objections)("finds with $pack what our harness finds: $what", async (objection) => {
    const { pack, passage, by, config = {}, isRefused } = objection;
    const example = readFileSync(environmentOf("pilot-light"), "utf8");
    expect(example).toContain(passage);
    const environmentFile = join(project.folder, `${pack}.yaml`);
    const configFile = join(project.folder, `${pack}.json`);
    writeFileSync(environmentFile, example.replace(passage, by));
    writeFileSync(configFile, JSON.stringify(config));
    await project.pulumi("config", "set", "environment", environmentFile);
    const options = ["--policy-pack", packFolder(pack), "--policy-pack-config", configFile];
    const { code, printed } = await project.pulumi("preview", ...options);
    const harness = { environmentFile, packs: [packFolder(pack)], policyConfig: config };
    const { ok, violations } = await previewEnvironment(harness);

    expect(findingsIn(printed)).toEqual(findingsOf(violations));
    expect(violations).not.toEqual([]);
    expect({ code, ok }).toEqual(isRefused ? { code: 1, ok: false } : { code: 0, ok: true });
  });

  it("stops a deployment before anything is made", async () => {
    const { code, printed } = await deploying("up", "fleet-above-quota");
    expect(code).toBe(1);
    expect(printed).toContain("got 301. Open another lane");
    expect(project.world.things).toEqual([]);
  });
});
