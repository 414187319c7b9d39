import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import type { FunctionName } from "../runtime/bundles.js";

/**
 * Folders that hold this package's bundles, most likely first: beside the compiled components, and
 * beside the sources of a work tree.
 */
const ownFolders = ["../bundles", "../dist/bundles"].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/**
 * The code of a function, as an archive of its one file. The archive's hash depends on that file's
 * content alone, so a path or a time never makes a difference.
 *
 * Fails the deployment, attached to the component, when the bundle has not been built.
 */
export function bundleArchive(
  component: pulumi.ComponentResource,
  fn: FunctionName,
  folder?: string,
): pulumi.asset.Archive {
  const candidates = (folder === undefined ? ownFolders : [folder]).map((bundles) =>
    join(bundles, fn, "index.mjs"),
  );
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined) throw notBuilt(component, fn, candidates);
  return new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.FileAsset(file) });
}

function notBuilt(
  component: pulumi.ComponentResource,
  fn: FunctionName,
  candidates: readonly string[],
): pulumi.ResourceError {
  const places = candidates.map((candidate) => `"${candidate}"`).join(" and ");
  const message = `The code of function "${fn}" must be built before it is deployed, got no file at ${places}. Run "npm run build".`;
  return new pulumi.ResourceError(message, component, true);
}
