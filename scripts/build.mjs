import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { cp, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { bundleEntries, bundleProgram } from "./build/bundle.mjs";
import { writeNotices } from "./build/notices.mjs";

/**
 * Builds `dist/`: the library and the command line by tsc, one bundle a Lambda function and one of
 * the stack's program by esbuild with the licences of what they hold, and beside each policy pack the
 * two files by which Pulumi knows it. With `--if-stale` only when
 * a source is newer than the last build. Exits with 1 when the types do not hold; what could be
 * built is there all the same.
 */
const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");
const stamp = join(dist, ".built");
const sources = ["bench", "components", "policies", "runtime", "scripts", "stacks"];
const packFiles = ["PulumiPolicy.yaml", "package.json"];

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function isStale() {
  if (!existsSync(stamp)) return true;
  const builtAt = statSync(stamp).mtimeMs;
  const tooling = ["package-lock.json", "tsconfig.json", "tsconfig.build.json"];
  const inputs = [
    ...tooling.map((file) => join(root, file)),
    ...sources.flatMap((folder) => filesBelow(join(root, folder))),
  ];
  return inputs.some((file) => statSync(file).mtimeMs > builtAt);
}

/** Compiled files whose source is gone would still be found, tested and published. */
function removeOrphans() {
  for (const folder of sources) {
    for (const file of filesBelow(join(dist, folder))) {
      const source = join(root, relative(dist, file)).replace(/(\.d\.ts|\.js)(\.map)?$/, ".ts");
      if (!existsSync(source)) rmSync(file);
    }
  }
}

/** Answers whether the types hold; tsc has said what does not. */
function compile() {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  try {
    execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], {
      cwd: root,
      stdio: "inherit",
    });
    return true;
  } catch {
    return false;
  }
}

async function copyPackFiles() {
  const packs = filesBelow(join(root, "policies")).filter((file) =>
    packFiles.includes(file.slice(dirname(file).length + 1)),
  );
  for (const file of packs) await cp(file, join(dist, relative(root, file)));
}

async function buildAll() {
  removeOrphans();
  const typesHold = compile();
  await copyPackFiles();
  const { bundles } = await import("../dist/runtime/bundles.js");
  const names = Object.keys(bundles);
  const { sizes, folders } = await bundleEntries(root, names, join(dist, "bundles"));
  for (const [name, bytes] of sizes) console.log(`bundle ${name}: ${Math.ceil(bytes / 1024)} KiB`);
  folders.push(...(await bundleProgram(root, join(dist, "program"))));
  await writeNotices(root, folders, join(dist, "THIRD-PARTY-NOTICES.txt"));
  if (typesHold) await writeFile(stamp, "");
  else process.exitCode = 1;
}

if (!process.argv.includes("--if-stale") || isStale()) await buildAll();
