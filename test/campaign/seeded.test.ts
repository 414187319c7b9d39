import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { CampaignDocument } from "../../runtime/rehearsal/campaign/document.js";
import { drawnKinds } from "../../runtime/rehearsal/campaign/draw-faults.js";
import { renderCampaign } from "../../runtime/report/campaign.js";
import { drawEstate } from "../support/campaign/draw-estate.js";
import { judgedEnvironment } from "../support/service-model/child.js";

const run = promisify(execFile);

/** Where estates and what failed on them can be found afterwards: failures are printed with paths below it. */
const folder = "coverage/campaign";

const runsPerEstate = 200;
const estates = Array.from({ length: 10 }, (_, index) => index + 1);
const documents: CampaignDocument[] = [];
const begun = performance.now();

/** Rehearses an estate as a user would: the built command line, on every core, with the bundles that are deployed. */
async function campaignOver(estate: number): Promise<CampaignDocument> {
  const file = join(folder, `estate-${estate}.yaml`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, drawEstate(estate));
  const seed = (estate - 1) * runsPerEstate + 1;
  const argv = ["--runs", String(runsPerEstate), "--seed", String(seed), "--json"];
  const failures = join(folder, `failures-${estate}`);
  const command = ["dist/runtime/cli/main.js", "campaign", file, ...argv, "--failures", failures];
  return JSON.parse(await printed(command)) as CampaignDocument;
}

/** What the command line prints, also where it exits with 1 because a rehearsal failed. */
async function printed(command: readonly string[]): Promise<string> {
  try {
    return (await run(process.execPath, command, { maxBuffer: 2 ** 28, env: judgedEnvironment() }))
      .stdout;
  } catch (thrown) {
    const { stdout = "", code } = thrown as { readonly stdout?: string; readonly code?: unknown };
    if (code === 1 && stdout !== "") return stdout;
    throw thrown;
  }
}

const sumOf = (key: "runs" | "servers" | "calls") =>
  documents.reduce((sum, document) => sum + document[key], 0);

describe("seeded rehearsals of drawn estates under drawn faults", () => {
  it.each(estates)("break no rule on estate %i", async (estate) => {
    const document = await campaignOver(estate);
    documents.push(document);
    process.stdout.write(`${renderCampaign(document, { color: false })}\n`);
    expect(document.runs).toBe(runsPerEstate);
    expect(document.failures).toEqual([]);
  });

  it("are two thousand, and inject every kind of fault", () => {
    const seconds = Math.round((performance.now() - begun) / 1_000);
    const [runs, servers, calls] = [sumOf("runs"), sumOf("servers"), sumOf("calls")];
    process.stdout.write(`${runs} rehearsals, ${servers} servers, ${calls} calls: ${seconds} s\n`);
    expect(runs).toBe(2_000);
    const injected = new Set(documents.flatMap(({ faults }) => Object.keys(faults)));
    expect([...injected].sort()).toEqual(drawnKinds);
  });
});
