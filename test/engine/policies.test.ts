import { resolve } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { previewEnvironment } from "../../runtime/rehearsal/program/preview.js";
import { describeTier } from "../support/tier.js";
import { drsLimits, ownProject, type Project } from "./support/project.js";

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

describeTier("engine", "the policy pack under Pulumi's engine", inject("pulumiCli"), (cli) => {
  let project: Project;
  beforeAll(async () => {
    project = await ownProject(cli);
    await project.pulumi("stack", "init", "preview");
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
    const ours = violations.map(({ level, policy, resourceName, message }) => ({
      level,
      policy,
      about: resourceName ?? "pulumi-aws-dr-preview",
      message,
    }));

    expect(ours).not.toEqual([]);
    expect(findingsIn(printed)).toEqual(ours.toSorted(byText));
    expect({ code, ok }).toEqual(
      refused.includes(environment) ? { code: 1, ok: false } : { code: 0, ok: true },
    );
  });

  it("stops a deployment before anything is made", async () => {
    const { code, printed } = await deploying("up", "fleet-above-quota");
    expect(code).toBe(1);
    expect(printed).toContain("got 301. Open another lane");
    expect(project.world.things).toEqual([]);
  });
});
