import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderHtml } from "../../runtime/report/page/html.js";
import { hostileRehearsal } from "../support/hostile-rehearsal.js";
import { sampleRehearsal, sixServers, thousandServers } from "../support/sample-rehearsal.js";
import { nestingProblems } from "./markup.js";

const failing = { ...thousandServers, failEvery: 37, skipEvery: 90 };

describe("the report's page", () => {
  test("a small drill looks as it did", async () => {
    const page = renderHtml(sampleRehearsal({ ...sixServers, failEvery: 5 }), {
      command: "aws-dr rehearse environment.yaml --plan everything --seed 7",
    });
    await expect(page).toMatchFileSnapshot("six-servers.html");
  });

  test("needs no network and no scripts", () => {
    const page = renderHtml(sampleRehearsal(thousandServers));
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|\bhref=|@import|url\((?!#)/);
  });

  test("shows every server, launched, failed or skipped", () => {
    const document = sampleRehearsal(failing);
    const page = renderHtml(document);
    const missing = document.serverTraces.filter(({ server }) => !page.includes(server));
    expect(missing).toEqual([]);
  });

  test("a launched server whose job nobody saw is listed instead of drawn", () => {
    const sample = sampleRehearsal(sixServers);
    const page = renderHtml({ ...sample, jobTraces: [] });
    expect(page).toContain("6 servers launched</b>: in no job that was seen");
  });

  test("names each broken invariant before the timeline", () => {
    const page = renderHtml({
      ...sampleRehearsal(sixServers),
      brokenInvariants: [{ invariant: "started once", atSeconds: 61, what: "s-1 started twice" }],
    });
    expect(page.indexOf("s-1 started twice")).toBeGreaterThan(0);
    expect(page.indexOf("s-1 started twice")).toBeLessThan(page.indexOf("<h2>Timeline</h2>"));
    expect(page).toContain("with broken invariants");
  });

  test("says whether the objective is met, and nothing where it is unknown", () => {
    const { rtoMinutes: _, ...unknown } = sampleRehearsal(sixServers);
    expect(renderHtml({ ...unknown, rtoMinutes: 60 })).toContain("Meets the objective of 1 h");
    expect(renderHtml({ ...unknown, rtoMinutes: 10 })).toContain("Misses the objective of 10 min");
    expect(renderHtml(unknown)).not.toContain("the objective of");
  });

  test("names that look like markup stay text, whatever they are", () => {
    const names = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(`"><script>alert(1)</script>`, "</title>", "&lt;", "'", "]]>", "<!--"),
    );
    fc.assert(
      fc.property(names, (name) => {
        const page = renderHtml(hostileRehearsal(`x${name}`), { command: name });
        expect(nestingProblems(page)).toEqual([]);
        expect(page).not.toContain("<script");
      }),
      { numRuns: 60 },
    );
  });

  test("has no holes", () => {
    expect(renderHtml(sampleRehearsal(failing))).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });
});
