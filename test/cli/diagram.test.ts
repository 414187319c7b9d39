import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { projectStack } from "../../runtime/rehearsal/program/project.js";
import { runProgram } from "../../runtime/rehearsal/program/run-program.js";
import { scenesOf } from "../../runtime/report/diagram/diagram.js";
import { flawsOf } from "../support/diagram/flaws.js";
import { projectWith } from "../support/diagram/project.js";
import { resource, tableIn } from "../support/diagram/resources.js";
import { wholeCell } from "../support/diagram/whole-cell.js";
import { exampleRun } from "../support/example-runs.js";
import { ran, sixServersFile } from "./harness.js";

const project = projectWith(wholeCell);
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("aws-dr diagram", () => {
  test("draws a cell of a project of one's own to standard output", async () => {
    const { code, stdout, stderr } = await ran(["diagram", "--program", project]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^<svg /);
    expect(stdout).toContain("Cell orders of shop");
  });

  test("writes an environment's estate to a file", async () => {
    const output = join(project, "estate.svg");
    const { code, stdout } = await ran(["diagram", sixServersFile, "--output", output]);
    expect(code).toBe(0);
    expect(stdout).toBe(`Diagram: ${output}\n`);
    expect(readFileSync(output, "utf8")).toContain("Hub of six-servers");
  });

  test("draws one cell alone", async () => {
    const hub = resource("aws-dr:recovery:OrchestrationHub", "hub", { homeRegion: "us-east-1" });
    const registered = () => Promise.resolve([hub, ...tableIn("sessions")]);
    const { stdout } = await ran(["diagram", sixServersFile, "--cell", "orders"], { registered });
    expect(stdout).toContain('<title id="dg-title">Cell orders of shop</title>');
  });

  test("draws the widgets of one dashboard instead", async () => {
    const inputs = { dashboardName: "drs", dashboardBody: '{"widgets":[]}' };
    const dashboard = resource("aws:cloudwatch/dashboard:Dashboard", "drs", inputs);
    const registered = () => Promise.resolve([dashboard]);
    const asked = (name: string) =>
      ran(["diagram", sixServersFile, "--dashboard", name], { registered });
    expect((await asked("drs")).stdout).toContain("CloudWatch dashboard of 0 widgets");
    const refused = await asked("other");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(
      '--dashboard must be a dashboard that the program registers, got "other". Choose one of: drs.',
    );
  });

  test("refuses a cell that there is not, and names those that there are", async () => {
    const registered = () => Promise.resolve(tableIn("sessions"));
    const { code, stderr } = await ran(["diagram", sixServersFile, "--cell", "x"], { registered });
    expect(code).toBe(2);
    expect(stderr).toContain(
      '--cell must be a cell that the program registers, got "x". Choose one of: orders.',
    );
  });

  test("refuses a program without a cell, a hub or a plan", async () => {
    const registered = () => Promise.resolve([resource("aws:sqs/queue:Queue", "queue")]);
    const { code, stdout, stderr } = await ran(["diagram", sixServersFile], { registered });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(
      "the program must register a cell, a hub or a plan, got none of them.",
    );
  });
});

describe("the picture of a whole cell", () => {
  test("has every component in it, nothing overlaps, and preview draws what update draws", async () => {
    const { source } = projectStack(project);
    const [previewed, updated] = await Promise.all(
      [true, false].map((preview) => runProgram({ ...source, preview })),
    );
    const [scene, ...others] = scenesOf(previewed?.resources ?? []);
    expect(others).toEqual([]);
    expect(scene && flawsOf(scene)).toEqual([]);
    expect(scenesOf(updated?.resources ?? [])).toEqual([scene]);
    expect(scene?.texts.filter(({ text }) => text.startsWith("and "))).toEqual([]);
    expect(scene?.edges.filter(({ style }) => style === "leaves")).toEqual([]);
    expect(scene?.edges.filter(({ style }) => style === "copy")).toHaveLength(9);
  });
});

const examples = readdirSync("examples").filter((name) =>
  existsSync(`examples/${name}/environment.yaml`),
);

describe("the picture of an example", () => {
  test.each(examples)("%s overlaps nowhere, and no data of it leaves its zone", async (name) => {
    const { resources } = await exampleRun(name, false);
    const scenes = scenesOf(resources);
    expect(scenes.length).toBeGreaterThan(0);
    expect(scenes.flatMap(flawsOf)).toEqual([]);
    const leaving = scenes.flatMap(({ edges }) => edges.filter(({ style }) => style === "leaves"));
    expect(leaving).toEqual([]);
  });
});
