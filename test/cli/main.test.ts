import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { judgedEnvironment } from "../support/service-model/child.js";
import { sixServersFile } from "./harness.js";

const main = "dist/runtime/cli/main.js";

/** Runs the built command line; `reads` false closes its stdout before it can write. */
async function spawned(argv: readonly string[], reads = true) {
  const child = spawn(process.execPath, [main, ...argv], {
    stdio: ["ignore", "pipe", "pipe"],
    env: judgedEnvironment(),
  });
  const printed = { stdout: "", stderr: "" };
  if (!reads) child.stdout.destroy();
  child.stdout.on("data", (chunk: Buffer) => {
    printed.stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    printed.stderr += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...printed };
}

describe("the built command line", () => {
  test("checks an example, uncoloured into a pipe", async () => {
    const { code, stdout, stderr } = await spawned(["check", sixServersFile]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("✓ six-servers holds.");
    expect(stdout).not.toContain("\u001b");
  });

  test("previews an example, and advises it to drill, as one document", async () => {
    const { code, stdout, stderr } = await spawned(["preview", sixServersFile, "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const document = JSON.parse(stdout) as { resources: number; violations: unknown[] };
    expect(document.resources).toBeGreaterThan(20);
    expect(document.violations).toEqual([
      expect.objectContaining({ level: "advisory", policy: "dr-plan-drilled" }),
    ]);
  });

  test("rehearses an example, as one document", async () => {
    const { code, stdout, stderr } = await spawned(["rehearse", sixServersFile, "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      environment: "six-servers",
      outcome: "recovered",
      servers: { total: 6, launched: 6 },
      brokenInvariants: [],
    });
  });

  test("is quiet when its reader has gone", async () => {
    const { stderr } = await spawned(["check", sixServersFile, "--json"], false);
    expect(stderr).toBe("");
  });

  test("exits with 2 on wrong use", async () => {
    expect((await spawned(["chekc"])).code).toBe(2);
  });
});
