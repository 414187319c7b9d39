import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fencedBlocks } from "./fenced-blocks.js";

/**
 * A project with the one program of a component's page, in which this package is installed as any
 * other; the caller removes it.
 */
export function projectOfPage(root: string, page: string): string {
  const path = join("docs/components", `${page}.md`);
  const [program] = fencedBlocks(join(root, path), "ts");
  if (program === undefined) throw new Error(`${path} must hold a program, got none.`);
  const directory = mkdtempSync(join(tmpdir(), `${page}-`));
  mkdirSync(join(directory, "node_modules"));
  const files = {
    "index.ts": program,
    "package.json": '{"main":"index.ts"}',
    "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
  };
  for (const [file, content] of Object.entries(files))
    writeFileSync(join(directory, file), content);
  for (const installed of ["@pulumi", "@types", "typescript"]) {
    symlinkSync(join(root, "node_modules", installed), join(directory, "node_modules", installed));
  }
  symlinkSync(root, join(directory, "node_modules/pulumi-aws-dr"));
  return directory;
}
