import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface LockedPackage {
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};

/** Licences that ask for no more than to be named. */
const permitted = new Set([
  ..."0BSD Apache-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause CC0-1.0 ISC MIT".split(" "),
  "(BSD-3-Clause AND Apache-2.0)",
]);

/** Others that come with Pulumi's own SDK, each read and found permissive. */
const readByHand: Readonly<Record<string, string>> = {
  "@logdna/tail-file": "SEE LICENSE IN LICENSE", // the file holds the MIT licence
  argparse: "Python-2.0",
  "spdx-exceptions": "CC-BY-3.0", // a list of names, not code
};

/** The folder that Node.js finds a package in, seen from another. */
function folderOf(name: string, from: string): string | undefined {
  const found = [...`${from}/`.matchAll(/node_modules\/(?:@[^/]+\/)?[^/]+\//g)]
    .map(({ index, 0: text }) => from.slice(0, index + text.length - 1))
    .reverse()
    .find((above) => packages[`${above}/node_modules/${name}`]);
  const folder = `${found === undefined ? "" : `${found}/`}node_modules/${name}`;
  return packages[folder] ? folder : undefined;
}

/** Every folder that an installation of this package holds. */
function installedFolders(): ReadonlySet<string> {
  const folders = new Set<string>([""]);
  for (const folder of folders) {
    const { dependencies, optionalDependencies, peerDependencies } = packages[folder] ?? {};
    const names = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
    for (const name of names) {
      const found = folderOf(name, folder);
      if (found !== undefined) folders.add(found);
    }
  }
  folders.delete("");
  return folders;
}

it("installs packages with permissive licences alone", () => {
  const folders = [...installedFolders()];
  expect(folders).toContain("node_modules/@pulumi/pulumi");
  expect(folders).not.toContain("node_modules/vitest");
  const others = folders
    .map((folder) => [folder.replace(/^.*node_modules\//, ""), packages[folder]?.license] as const)
    .filter(([name, license = "none"]) => !permitted.has(license) && readByHand[name] !== license);
  expect(others).toEqual([]);
});
