import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** What is found by following the imports of some files. */
export interface Reached {
  /** Relative to the folder. */
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
}

const specifiers = /(?:\bfrom\s|\bimport\s|\bimport\(|\bnew URL\()\s*["']([^"'\n]+)["']/g;

const linesOfDocstrings = /^\s*\/?\*.*$/gm;

/** Follows imports between the files of a folder, those of workers and of types too. */
export function reachableFrom(folder: string, entries: readonly string[]): Reached {
  const files = new Set(entries);
  const packages = new Set<string>();
  for (const file of files) {
    const text = readFileSync(join(folder, file), "utf8").replace(linesOfDocstrings, "");
    for (const [, specifier = ""] of text.matchAll(specifiers)) {
      if (!specifier.startsWith(".")) packages.add(packageOf(specifier));
      else for (const found of filesOf(folder, file, specifier)) files.add(found);
    }
  }
  return { files, packages };
}

/** A specifier of an ES module names code; in a file of types, the types beside that code. */
function filesOf(folder: string, from: string, specifier: string): readonly string[] {
  const target = normalize(join(dirname(from), specifier));
  const file = from.endsWith(".d.ts") ? target.replace(/\.js$/, ".d.ts") : target;
  const path = join(folder, file);
  return existsSync(path) && statSync(path).isFile() ? [file] : [];
}

function packageOf(specifier: string): string {
  if (specifier.startsWith("node:")) return "node";
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
