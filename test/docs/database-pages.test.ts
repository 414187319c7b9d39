import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { previewProgram } from "../../runtime/rehearsal/program/preview.js";
import { projectStack } from "../../runtime/rehearsal/program/project.js";

const home = mkdtempSync(join(tmpdir(), "databases-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The program of a page, in a project in which this package is installed as any other. */
function projectOfPage(page: string): string {
  const text = readFileSync(`docs/components/${page}.md`, "utf8");
  const [, program] = /^```ts\n([\s\S]*?)^```$/m.exec(text) ?? [];
  if (program === undefined) throw new Error(`docs/components/${page}.md must hold a program.`);
  const directory = join(home, page);
  mkdirSync(join(directory, "node_modules"), { recursive: true });
  const files = {
    "index.ts": program,
    "package.json": '{"main":"index.ts"}',
    "Pulumi.yaml": "name: acme\nruntime: nodejs\n",
  };
  for (const [file, content] of Object.entries(files))
    writeFileSync(join(directory, file), content);
  for (const installed of ["@pulumi", "@types", "typescript"]) {
    symlinkSync(resolve("node_modules", installed), join(directory, "node_modules", installed));
  }
  symlinkSync(resolve("."), join(directory, "node_modules/pulumi-aws-dr"));
  return directory;
}

describe("the programs of the databases' and caches' pages", () => {
  it.each(["aurora-global-database", "cross-region-replica", "global-cache"])(
    "of %s are whole, and no policy refuses what they make",
    async (page) => {
      const { source } = projectStack(projectOfPage(page));
      const config = { ...source.config, "acme:firstPassword": "first-and-soon-changed" };
      const report = await previewProgram({ ...source, config });

      expect(report.messages).toEqual([]);
      expect(report.violations).toEqual([]);
    },
  );
});
