import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RehearsalRequest, Tools } from "../../runtime/cli/tools.js";
import type { RehearsalDocument } from "../../runtime/rehearsal/document.js";
import { builtInProfiles } from "../../runtime/rehearsal/faults/built-in.js";
import { sampleRehearsal, sixServers } from "../support/sample-rehearsal.js";
import { loading, ran, sixServersEnvironment, sixServersFile } from "./harness.js";

const sample = sampleRehearsal(sixServers);

/** A rehearsal that ends as `document`, after telling the progress of two waves. */
function rehearsing(document: RehearsalDocument = sample, requests: RehearsalRequest[] = []) {
  const rehearse: Tools["rehearse"] = (request) => {
    requests.push(request);
    const lanes = [{ lane: "l", servers: 2, launched: 1, notLaunched: 0, inFlight: 1 }];
    const wave = (state: "running" | "done") => [{ wave: "database", servers: 2, state }] as const;
    request.onProgress({ atSeconds: 0, lanes, waves: wave("running") });
    request.onProgress({ atSeconds: 60, lanes, waves: wave("running") });
    request.onProgress({ atSeconds: 594, lanes, waves: wave("done") });
    return Promise.resolve(document);
  };
  return { rehearse };
}

describe("aws-dr rehearse", () => {
  test("shows tables on stdout and one line a wave event on stderr", async () => {
    const { code, stdout, stderr } = await ran(["rehearse", sixServersFile], rehearsing());
    expect(code).toBe(0);
    expect(stdout).toContain("✓ All 6 servers recovered in 30 min 8 s.");
    expect(stdout).toContain("the objective of 1 h is met");
    expect(stderr).toBe(
      "0:00  wave database starts (2 servers)\n9:54  wave database is done (2 servers)\n",
    );
  });

  test("redraws bars on a terminal and takes them back at the end", async () => {
    const { stderr } = await ran(["rehearse", sixServersFile], rehearsing(), {
      isStderrTerminal: true,
      variables: { NO_COLOR: "1" },
    });
    expect(stderr).toContain("█");
    expect(stderr).not.toMatch(/\u001b\[\d+m/);
    expect(stderr).toMatch(/\u001b\[2A\r\u001b\[0J$/);
  });

  test("--json prints the document and nothing else anywhere", async () => {
    const argv = ["rehearse", sixServersFile, "--json"];
    const { code, stdout, stderr } = await ran(argv, rehearsing());
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({ ...sample, rtoMinutes: 60 });
  });

  test("a drill with seed 1 is what is rehearsed when nothing else is said", async () => {
    const requests: RehearsalRequest[] = [];
    await ran(["rehearse", sixServersFile], rehearsing(sample, requests));
    const { environment, onProgress, ...rest } = requests[0] ?? {};
    expect(rest).toEqual({ environmentFile: sixServersFile, plan: "shop", kind: "drill", seed: 1 });
  });

  test("options reach the rehearsal", async () => {
    const requests: RehearsalRequest[] = [];
    const argv = ["--recovery", "--seed", "9", "--servers-held-by-stranger", "3"];
    await ran(
      ["rehearse", sixServersFile, ...argv, "--stranger", "terminate"],
      rehearsing(sample, requests),
    );
    expect(requests[0]).toMatchObject({
      kind: "recovery",
      seed: 9,
      strangers: { servers: 3, kind: "terminate" },
    });
  });

  test("a built-in profile of faults reaches the rehearsal, and the command that repeats it", async () => {
    const requests: RehearsalRequest[] = [];
    const report = mkdtempSync(join(tmpdir(), "rehearse-faults-"));
    const argv = ["rehearse", sixServersFile, "--faults", "rough", "--report", report];
    await ran(argv, rehearsing(sample, requests));
    expect(requests[0]?.faults).toEqual(builtInProfiles.rough);
    expect(readFileSync(join(report, "report.html"), "utf8")).toContain("--faults rough");
  });

  test("faults that cannot be are wrong use, told before anything is rehearsed", async () => {
    const requests: RehearsalRequest[] = [];
    const argv = ["rehearse", sixServersFile, "--faults", "[{ kind: death }]"];
    const { code, stderr } = await ran(argv, rehearsing(sample, requests));
    expect(code).toBe(2);
    expect(stderr).toContain("faults[0].when must be before or after, got nothing.");
    expect(requests).toEqual([]);
  });

  test.each([
    ["servers that failed", { outcome: "recovered-with-failures" as const }],
    ["a cancelled execution", { outcome: "cancelled" as const }],
    ["an execution that could not go on", { outcome: "failed" as const, cause: "IAM denied" }],
    [
      "a broken invariant",
      { brokenInvariants: [{ invariant: "started once", atSeconds: 1, what: "twice" }] },
    ],
  ])("%s exits with 1", async (_, change) => {
    const { code, stdout } = await ran(
      ["rehearse", sixServersFile],
      rehearsing({ ...sample, ...change }),
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^[✗!]/);
  });

  test("--report writes the page, the document and the timeline, and says where", async () => {
    const folder = join(mkdtempSync(join(tmpdir(), "aws-dr-report-")), "new");
    const { stdout } = await ran(
      ["rehearse", sixServersFile, "--report", folder, "--servers-held-by-stranger", "2"],
      rehearsing(),
    );
    expect(stdout).toContain(`Report: ${join(folder, "report.html")}`);
    expect(readdirSync(folder).sort()).toEqual(["report.html", "report.json", "timeline.svg"]);
    const page = readFileSync(join(folder, "report.html"), "utf8");
    expect(page).toContain(
      `aws-dr rehearse ${sixServersFile} --plan everything --seed 1 --servers-held-by-stranger 2 --stranger drill`,
    );
    expect(JSON.parse(readFileSync(join(folder, "report.json"), "utf8"))).toEqual({
      ...sample,
      rtoMinutes: 60,
    });
  });

  test("a file with several plans must be told which", async () => {
    const environment = sixServersEnvironment();
    environment.plans.push(...environment.plans.map((plan) => ({ ...plan, name: "other" })));
    const tools = { ...loading(environment), ...rehearsing() };
    expect(await ran(["rehearse", "f"], tools)).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "aws-dr: --plan must be one of the plans of the file, got nothing. Choose one of: shop, other.\n",
    });
    const json = await ran(["rehearse", "f", "--json", "--plan", "third"], tools);
    expect(json.code).toBe(2);
    expect(JSON.parse(json.stdout)).toEqual({
      error:
        '--plan must be one of the plans of the file, got "third". Choose one of: shop, other.',
      problems: ["shop", "other"],
    });
    expect((await ran(["rehearse", "f", "--plan", "other"], tools)).code).toBe(0);
  });

  test("progress is taken back when the rehearsal throws", async () => {
    const { code, stderr } = await ran(
      ["rehearse", sixServersFile],
      {
        rehearse: (request) =>
          rehearsing()
            .rehearse(request)
            .then(() => Promise.reject(new Error("no"))),
      },
      { isStderrTerminal: true },
    );
    expect(code).toBe(1);
    expect(stderr.endsWith("\u001b[0Jaws-dr: no\n")).toBe(true);
  });
});
