import { describe, expect, test } from "vitest";
import { renderHtml } from "../../runtime/runbook/html.js";
import { renderMarkdown } from "../../runtime/runbook/markdown.js";
import type { Runbook } from "../../runtime/runbook/model.js";
import { runbook } from "../../runtime/runbook/runbook.js";
import { shellLine, variablesOf } from "../../runtime/runbook/words.js";
import { sampleOutputs } from "./sample-outputs.js";

const sample = runbook(sampleOutputs());

const commands = sample.sections.flatMap((section) =>
  section.steps.flatMap(({ commands: of }) => of.map((command) => ({ section, command }))),
);

describe("a runbook", () => {
  test("has one section for each thing that happens to a hub", () => {
    expect(sample.sections.map(({ id }) => id)).toEqual([
      "overview",
      "drill",
      "recovery",
      "clean-up",
      "lost-hub-region",
    ]);
  });

  test("says of each variable of a command what it means", () => {
    for (const { section, command } of commands) {
      const known = section.variables.map(({ name }) => name);
      for (const used of variablesOf(command.argv)) expect(known, section.id).toContain(used);
    }
  });

  test("names the account and the Region of every call of AWS", () => {
    const calls = commands.filter(({ command: { argv } }) => argv[0] === "aws");
    expect(calls.length).toBeGreaterThan(20);
    for (const { command } of calls) {
      expect(command.argv).toContain("--region");
      expect(command.account).toMatch(/^\d{12}$/);
    }
  });

  test("calls nothing in the hub's Region once it is lost, but to see that it is, and when it is back", () => {
    const lost = sample.sections.find(({ id }) => id === "lost-hub-region");
    const home = sampleOutputs().hub.homeRegion;
    const steps = (lost?.steps ?? []).filter(({ commands: of }) =>
      of.some(({ argv }) => argv[argv.indexOf("--region") + 1] === home),
    );
    expect(steps.map(({ title }) => title)).toEqual([
      "Make sure that the Region is lost",
      "When the Region is back",
    ]);
  });

  test("reads the environment file's plans where the hub has no standby Region", () => {
    const { hub, ...outputs } = sampleOutputs();
    const { standbyRegion: _none, ...alone } = hub;
    const text = renderMarkdown(runbook({ ...outputs, hub: alone }));
    expect(text).toContain("This hub has no standby Region");
    expect(text).not.toContain("dynamodb scan");
  });
});

describe.each([
  ["Markdown", renderMarkdown],
  ["HTML", renderHtml],
] as const)("a runbook in %s", (format, render) => {
  const text = render(sample);

  test("holds every command as a shell reads it", () => {
    const unescaped = text
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&gt;", ">")
      .replaceAll("&lt;", "<")
      .replaceAll("&amp;", "&");
    for (const { command } of commands) expect(unescaped).toContain(shellLine(command.argv));
  });

  test("has a box for everything that must be seen", () => {
    const checks = sample.sections.flatMap(({ steps }) => steps).flatMap((step) => step.checks);
    const box = format === "HTML" ? '<input type="checkbox">' : "- [ ] ";
    expect(text.split(box)).toHaveLength(checks.length + 1);
  });

  test("takes no markup from the outputs", () => {
    const hostile = '</code><script>alert(1)</script> [x](javascript:y) ``` | "';
    const outputs = sampleOutputs();
    const contacts = [{ role: hostile, reach: hostile }];
    const rendered = render(runbook({ ...outputs, contacts, responsibilities: [] }));
    expect(rendered).not.toContain("<script>");
    if (format === "Markdown") {
      expect(rendered).not.toContain("[x](");
      expect(rendered).not.toMatch(/[^\\]\| "/);
    }
  });
});

test("words set as code are shown as they are typed, in either form", () => {
  const steps = [
    {
      title: "T",
      why: "See `NEW_REPLICA`, and NEW_REPLICA.",
      plane: "none",
      commands: [],
      checks: [],
      back: "None.",
    },
  ] as const;
  const book = {
    environment: "none",
    sections: [{ id: "a", title: "A", about: [], variables: [], tables: [], steps }],
  };
  expect(renderMarkdown(book)).toContain("See `NEW_REPLICA`, and NEW\\_REPLICA.");
  expect(renderHtml(book)).toContain('See <code class="mono">NEW_REPLICA</code>, and NEW_REPLICA.');
});

test("variables are set by lines that a shell takes which knows no comments", () => {
  const blocks = [...renderMarkdown(sample).matchAll(/^```sh\n([^`]*)\n```$/gm)];
  const settings = blocks
    .flatMap(([, lines = ""]) => lines.split("\n"))
    .filter((line) => line.startsWith("export "));
  expect(settings.length).toBeGreaterThan(3);
  expect(settings.filter((line) => line.includes(" #"))).toEqual([]);
});

test("a page needs neither network nor scripts", () => {
  const text = renderHtml(sample);
  expect(text).toContain("default-src 'none'");
  expect(text).not.toMatch(/<script|<link|<img|https?:\/\//);
});

test("an empty section renders as its title", () => {
  const empty: Runbook = {
    environment: "none",
    sections: [{ id: "a", title: "A", about: [], variables: [], tables: [], steps: [] }],
  };
  expect(renderMarkdown(empty)).toBe("# Runbook of none\n\n- [A](#a)\n\n## A\n");
});
