import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { costDocument } from "../../runtime/cli/cost/document.js";
import { realTools } from "../../runtime/cli/real-tools.js";
import { markdownTable } from "./markdown.js";
import type { Page } from "./pages.js";

const path = "docs/cost.md";
const region = /(<!-- computed: example-costs -->\n)[\s\S]*?(<!-- \/computed -->)/;

/** The page of costs as it stands, and with what the programs of the examples cost now. */
export async function costPage(root: string): Promise<Page> {
  const table = await exampleCosts(root);
  const present = readFileSync(join(root, path), "utf8");
  if (!region.test(present)) throw new Error(`${path} must hold the region of example costs.`);
  return { path, present, wanted: present.replace(region, `$1${table.trimEnd()}\n$2`) };
}

async function exampleCosts(root: string): Promise<string> {
  const rows: string[][] = [];
  for (const name of readdirSync(join(root, "examples")).sort()) {
    const file = join(root, "examples", name, "environment.yaml");
    if (!existsSync(file)) continue;
    const loaded = await realTools.load(file);
    if (!("environment" in loaded)) throw new Error(loaded.details);
    const program = await realTools.preview(file, loaded.environment, []);
    const priced = costDocument(name, file, program, undefined);
    rows.push([
      `[${name}](../examples/${name}/README.md)`,
      dollars(priced.dollarsPerMonth),
      dollars(priced.dollarsPerMonthInFailover),
      String(priced.unpriced.reduce((sum, { resources }) => sum + resources, 0)),
    ]);
  }
  return markdownTable(["example", "at rest", "in a failover", "resources without a price"], rows);
}

function dollars(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: 0 });
}
