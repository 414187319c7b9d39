import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** A project of Pulumi's with a program in JavaScript, in which this package is installed; the caller removes it. */
export function projectWith(program: string): string {
  const directory = mkdtempSync(join(tmpdir(), "diagram-"));
  mkdirSync(join(directory, "node_modules"));
  const files = {
    "index.js": program,
    "package.json": '{"type":"module","main":"index.js"}',
    "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
  };
  for (const [file, content] of Object.entries(files))
    writeFileSync(join(directory, file), content);
  symlinkSync(resolve("node_modules/@pulumi"), join(directory, "node_modules/@pulumi"));
  symlinkSync(resolve("."), join(directory, "node_modules/pulumi-aws-dr"));
  return directory;
}
