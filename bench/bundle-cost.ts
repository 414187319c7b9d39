import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { bundles, type FunctionName } from "../runtime/bundles.js";
import type { Figure } from "./figure.js";

/** What one bundle may weigh. A cold start reads, compiles and runs all of it. */
export const bundleBudgetKib = 700;

const dist = resolve(import.meta.dirname, "..");

/** Size and import time of each function's bundle, the latter beside the same entry unbundled. */
export async function bundleCost(): Promise<readonly Figure[]> {
  return (Object.keys(bundles) as FunctionName[]).flatMap((name) => {
    const bundle = resolve(dist, "bundles", name, "index.mjs");
    return [
      {
        name: `size of bundle ${name}`,
        unit: "KiB",
        value: statSync(bundle).size / 1024,
        against: "budget",
        baseline: bundleBudgetKib,
      },
      {
        name: `import of bundle ${name}`,
        unit: "ms",
        value: importMilliseconds(bundle, name),
        against: "the same entry, unbundled",
        baseline: importMilliseconds(resolve(dist, "runtime", "entries", `${name}.js`), name),
      },
    ];
  });
}

/** The variables under which Lambda starts a function: its own, here with a name for each, and two of Lambda's. */
export function lambdaEnvironment(name: FunctionName): Readonly<Record<string, string>> {
  const own = bundles[name].environment.map((variable) => [variable, "a-name"]);
  return {
    ...Object.fromEntries(own),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_REGION: "us-east-1",
    NODE_NO_WARNINGS: "1",
  };
}

/** Milliseconds that a fresh Node needs to import a module, least of three. */
function importMilliseconds(path: string, name: FunctionName): number {
  const program = `
    const start = performance.now();
    await import(${JSON.stringify(pathToFileURL(path).href)});
    console.log(performance.now() - start);`;
  const env = lambdaEnvironment(name);
  const args = ["--input-type=module", "-e", program];
  const once = () => Number(execFileSync(process.execPath, args, { env, encoding: "utf8" }));
  return Math.min(...Array.from({ length: 3 }, once));
}
