import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { oneCopy } from "./one-copy.mjs";

/**
 * Sources of credentials that a Lambda function never asks: its role's session is in its
 * environment. The SDK imports them only when it comes to ask, so a bundle may leave them out.
 */
const neverAsked = [
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-login",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  "@smithy/credential-provider-imds",
];

/** CommonJS code inside an ES module bundle calls `require` for Node's own modules. */
const banner =
  'import{createRequire}from"node:module";const require=createRequire(import.meta.url);';

/** esbuild plugin: zod speaks English alone; its other 50 languages are 250 KB. */
const englishOnly = {
  name: "english-only",
  setup(plugin) {
    plugin.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    }));
  },
};

/**
 * Bundles the entries of these functions, each into `<into>/<name>/index.mjs`, with what it is made
 * of beside it as `index.meta.json`. The same sources give the same bytes wherever they lie. Answers
 * the bytes of each, and the folders of the packages whose code is in them.
 */
export async function bundleEntries(root, names, into) {
  const bundles = await Promise.all(
    names.map(async (name) => ({ name, ...(await bundleEntry(root, name, into)) })),
  );
  return {
    sizes: new Map(bundles.map(({ name, bytes }) => [name, bytes])),
    folders: bundles.flatMap(({ folders }) => folders),
  };
}

async function bundleEntry(root, name, into) {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, "runtime", "entries", `${name}.ts`)],
    outfile: join(into, name, "index.mjs"),
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node22",
    mainFields: ["module", "main"],
    banner: { js: banner },
    external: neverAsked,
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    plugins: [oneCopy(root), englishOnly],
    write: false,
  });
  const [code] = outputFiles;
  await mkdir(join(into, name), { recursive: true });
  await writeFile(join(into, name, "index.mjs"), code.contents);
  const meta = JSON.stringify({ bytes: code.contents.length, packages: shares(metafile) }, null, 1);
  await writeFile(join(into, name, "index.meta.json"), `${meta}\n`);
  return { bytes: code.contents.length, folders: foldersIn(metafile) };
}

/**
 * Bundles the stack's program into one file, for a preview reads a hundred small ones slowly. Pulumi's
 * own packages stay outside: the engine must meet the same copy of them as the program. Answers the
 * folders of the packages whose code is in it.
 */
export async function bundleProgram(root, into) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, "stacks", "index.ts")],
    outfile: join(into, "index.js"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    banner: { js: banner },
    external: ["@pulumi/*"],
    logLevel: "warning",
    metafile: true,
    plugins: [englishOnly],
  });
  return foldersIn(metafile);
}

/** Bytes of the bundle by package, largest first. Our own code counts as `.`. */
function shares(metafile) {
  const byPackage = new Map();
  const [output] = Object.values(metafile.outputs);
  for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
    const name = folderOf(input)?.replace(/^.*node_modules\//, "") ?? ".";
    byPackage.set(name, (byPackage.get(name) ?? 0) + bytesInOutput);
  }
  return Object.fromEntries([...byPackage].sort(([, a], [, b]) => b - a));
}

/** Folders of the packages whose code is in a bundle, relative to the root. */
function foldersIn(metafile) {
  const [output] = Object.values(metafile.outputs);
  const used = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return used.map(([input]) => folderOf(input)).filter((folder) => folder !== undefined);
}

/** Folder of the package that a file is of; nothing for a file of our own. */
function folderOf(input) {
  return /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0];
}
