import { readFileSync } from "node:fs";
import { join, sep } from "node:path";

/**
 * npm installs a package that cannot be hoisted once below each of its users. A bundle needs one
 * copy of each version: this maps the folder of every copy to the folder of the first.
 */
function firstCopies(root) {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const folders = Object.keys(packages).filter((folder) => folder.startsWith("node_modules/"));
  const first = new Map();
  const copies = new Map();
  for (const folder of folders.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    const name = folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
    const identity = `${name}@${packages[folder].version}`;
    if (!first.has(identity)) first.set(identity, folder);
    copies.set(join(root, folder), join(root, first.get(identity)));
  }
  return copies;
}

/** Folder of the installed package that a file belongs to. */
function packageFolder(path) {
  const parts = path.split(sep);
  const at = parts.lastIndexOf("node_modules");
  if (at < 0) return undefined;
  return parts.slice(0, at + (parts[at + 1]?.startsWith("@") ? 3 : 2)).join(sep);
}

/** esbuild plugin: one copy of each version of each package. */
export function oneCopy(root) {
  const copies = firstCopies(root);
  return {
    name: "one-copy",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...from }) => {
        if (pluginData === "resolved" || path.startsWith("node:")) return undefined;
        const { importer, kind, namespace, resolveDir } = from;
        const options = { importer, kind, namespace, resolveDir, pluginData: "resolved" };
        const found = await build.resolve(path, options);
        const folder = found.external ? undefined : packageFolder(found.path);
        const kept = folder === undefined ? undefined : copies.get(folder);
        return kept === undefined
          ? found
          : { ...found, path: kept + found.path.slice(folder.length) };
      });
    },
  };
}
