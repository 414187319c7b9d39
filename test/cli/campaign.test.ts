import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { performCampaign } from "../../runtime/cli/campaign.js";
import type { CampaignRequest, Tools } from "../../runtime/cli/tools.js";
import type { CampaignDocument } from "../../runtime/rehearsal/campaign/document.js";
import type { CaseResult } from "../../runtime/rehearsal/campaign/result.js";
import { runCase } from "../../runtime/rehearsal/campaign/run-case.js";
import { ran, sixServersFile } from "./harness.js";

const passed: CampaignDocument = {
  schemaVersion: 1,
  environment: "six-servers",
  firstSeed: 1,
  runs: 2,
  servers: 12,
  calls: 1_234,
  outcomes: { recovered: 2 },
  faults: { death: 3 },
  neverInjected: ["stranger"],
  failures: [],
  wallSeconds: 1,
};

/** A campaign in which the second case breaks a rule, whatever is rehearsed. */
function answering(document: CampaignDocument, requests: CampaignRequest[] = []) {
  const campaign: Tools["campaign"] = (request) => {
    requests.push(request);
    return Promise.resolve(document);
  };
  return { campaign };
}

describe("aws-dr campaign", () => {
  it("tells what was rehearsed and injected", async () => {
    const { code, stdout } = await ran(["campaign", sixServersFile], answering(passed));
    expect(code).toBe(0);
    expect(stdout).toBe(`✓ 2 rehearsals of six-servers (seeds 1 to 2) broke no rule.

  servers                  12
  calls to emulated AWS    1,234
  ended as                 recovered 2
  faults injected          death 3
  faults that never fell   stranger
  took                     1.0 s, 500 ms each
`);
  });

  it("hands its options on", async () => {
    const requests: CampaignRequest[] = [];
    const options = ["--runs", "7", "--seed", "40", "--plan", "shop", "--faults", "rough"];
    await ran(["campaign", sixServersFile, ...options], answering(passed, requests));
    expect(requests[0]).toMatchObject({ runs: 7, firstSeed: 40, plan: "shop" });
    expect(requests[0]?.faults?.name).toBe("rough");
    expect(requests[0]?.commandOf(43)).toBe(
      `aws-dr campaign ${sixServersFile} --plan shop --faults rough --runs 1 --seed 43`,
    );
  });

  it("shows of a failure its reasons, the command that runs it again and a smaller case, and exits with 1", async () => {
    const folder = join(mkdtempSync(join(tmpdir(), "campaign-")), "failures");
    // What is planted hangs on the faults alone, so that one rehearsal stands for all of them.
    let rehearsed: Promise<CaseResult> | undefined;
    const campaign: Tools["campaign"] = (request) =>
      performCampaign(request, (estate) => ({
        concurrency: 1,
        close: () => Promise.resolve(),
        run: async (one) => {
          rehearsed ??= runCase(estate, one);
          const result = await rehearsed;
          if (!one.faults.faults.some(({ kind }) => kind === "throttling")) return result;
          return { ...result, failure: { rule: "started once", reasons: ["planted"] } };
        },
      }));
    const argv = ["--runs", "1", "--faults", "calm", "--failures", folder, "--seed", "3"];
    const { code, stdout } = await ran(["campaign", sixServersFile, ...argv], { campaign });
    expect(code).toBe(1);
    const file = join(folder, "seed-3", "case.yaml");
    expect(stdout).toContain("✗ 1 of 1 rehearsal of six-servers (seed 3) failed.");
    expect(stdout).toContain("seed 3, plan shop\n  planted\n");
    expect(stdout).toContain(
      `  again:    aws-dr campaign ${sixServersFile} --faults calm --runs 1 --seed 3\n`,
    );
    expect(stdout).toContain(`  smaller:  aws-dr campaign ${sixServersFile} --case ${file}\n`);
    expect(stdout).toMatch(/6 servers, 3 waves, 1 fault; nothing smaller fails \(\d+ tries\)/);
    expect(readdirSync(join(folder, "seed-3"))).toEqual(["case.yaml"]);

    const again = await ran(["campaign", sixServersFile, "--case", file]);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain("6 servers");
  });

  it("refuses a plan that there is not, and a case that is none", async () => {
    const plan = await ran(["campaign", sixServersFile, "--plan", "other", "--runs", "1"]);
    expect(plan).toMatchObject({ code: 2 });
    expect(plan.stderr).toContain('--plan must be one of the plans that are deployed, got "other"');
    const file = await ran(["campaign", sixServersFile, "--case", sixServersFile]);
    expect(file).toMatchObject({ code: 2 });
    expect(file.stderr).toContain(`${sixServersFile} is not a valid case`);
  });
});
