import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import type { Breach } from "./watch.js";

const folder = mkdtempSync(join(tmpdir(), "judged-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const ledger = join(folder, "ledger.mjs");
const breaches = join(folder, "breaches.jsonl");
let read = 0;

/**
 * The environment of a command of the built package, every reply of whose emulator is judged by the
 * same walk as those in this process. What it finds fails the test that is running when it is read.
 */
export function judgedEnvironment(): NodeJS.ProcessEnv {
  if (!existsSync(ledger)) bundleLedger();
  const { href } = new URL("child/register.mjs", import.meta.url);
  return {
    ...process.env,
    NODE_OPTIONS: `--import=${href}`,
    TEST_LEDGER: pathToFileURL(ledger).href,
    TEST_BREACHES: breaches,
  };
}

/** What commands found since the last time. */
export function breachesOfChildren(): readonly Breach[] {
  if (!existsSync(breaches)) return [];
  const text = readFileSync(breaches, "utf8");
  const lines = text.slice(read, text.lastIndexOf("\n") + 1);
  read += lines.length;
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Breach => JSON.parse(line));
}

/** One module that finds the models where they lie. */
function bundleLedger(): void {
  const entry = new URL("ledger.ts", import.meta.url);
  buildSync({
    entryPoints: [fileURLToPath(entry)],
    outfile: ledger,
    bundle: true,
    format: "esm",
    platform: "node",
    define: { "import.meta.url": JSON.stringify(entry.href) },
  });
}
