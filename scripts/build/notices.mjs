import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Writes the licences of the packages whose code is in the bundles, which must go wherever that code
 * goes: each text once, below the packages that it covers. Throws for a package that brings none.
 */
export async function writeNotices(root, folders, into) {
  const covered = new Map();
  for (const folder of [...new Set(folders)].sort()) {
    const { name, version, license } = JSON.parse(
      await readFile(join(root, folder, "package.json"), "utf8"),
    );
    for (const text of await licenceTexts(join(root, folder), `${name} ${version}`, license)) {
      covered.set(text, [...(covered.get(text) ?? []), `${name} ${version} (${license})`]);
    }
  }
  const parts = [...covered].map(
    ([text, packages]) => `${unique(packages).join("\n")}\n\n${text}\n`,
  );
  const title = "Code of these packages is in dist/bundles and dist/program.\n";
  await writeFile(into, [title, ...parts].join(`\n${"-".repeat(80)}\n\n`));
}

async function licenceTexts(folder, identity, license) {
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  if (files.length === 0 && !license) throw new Error(`${identity} must have a licence, got none.`);
  if (files.length === 0) return [`No text comes with it; package.json says ${license}.`];
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return texts.map((text) => text.replaceAll("\r\n", "\n").trim());
}

function unique(words) {
  return [...new Set(words)];
}
