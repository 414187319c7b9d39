import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type CostDocument, costDocument } from "../../runtime/cli/cost/document.js";
import { realTools } from "../../runtime/cli/real-tools.js";
import { markdownTable } from "./markdown.js";
import type { Page } from "./pages.js";

/** The page of costs and those of the examples as they stand, and with what their programs cost now. */
export async function costPages(root: string): Promise<readonly Page[]> {
  const costs = await exampleCosts(root);
  return [
    pageWith(root, "docs/cost.md", "example-costs", costsTable(costs)),
    ...costs.map((cost) =>
      pageWith(root, join("examples", cost.name, "README.md"), `cost ${cost.name}`, costRow(cost)),
    ),
  ];
}

interface ExampleCost {
  /** Of its folder. */
  readonly name: string;
  readonly priced: CostDocument;
}

async function exampleCosts(root: string): Promise<readonly ExampleCost[]> {
  const costs: ExampleCost[] = [];
  for (const name of readdirSync(join(root, "examples")).sort()) {
    const file = join(root, "examples", name, "environment.yaml");
    if (!existsSync(file)) continue;
    const loaded = await realTools.load(file);
    if (!("environment" in loaded)) throw new Error(loaded.details);
    const { environment } = loaded;
    const program = await realTools.preview(file, environment, []);
    const budget = environment.budget?.monthlyDollars;
    costs.push({ name, priced: costDocument(environment.name, file, program, budget) });
  }
  return costs;
}

function pageWith(root: string, path: string, name: string, table: string): Page {
  const present = readFileSync(join(root, path), "utf8");
  const region = new RegExp(`(<!-- computed: ${name} -->\\n)[\\s\\S]*?(<!-- /computed -->)`);
  if (!region.test(present)) throw new Error(`${path} must hold the region ${name}.`);
  return { path, present, wanted: present.replace(region, `$1${table.trimEnd()}\n$2`) };
}

function costsTable(costs: readonly ExampleCost[]): string {
  const rows = costs.map(({ name, priced }) => [
    `[${name}](../examples/${name}/README.md)`,
    dollars(priced.dollarsPerMonth),
    dollars(priced.dollarsPerMonthInFailover),
    priced.budget === undefined ? "–" : dollars(priced.budget.monthlyDollars),
    String(withoutPrice(priced)),
  ]);
  return markdownTable(
    ["example", "at rest", "in a failover", "budget", "resources without a price"],
    rows,
  );
}

/** The cost of an example in the form of its objectives. */
function costRow({ priced }: ExampleCost): string {
  const { environment, budget, dollarsPerMonth, dollarsPerMonthInFailover } = priced;
  const [rest, failover] = [dollars(dollarsPerMonth), dollars(dollarsPerMonthInFailover)];
  const missing = withoutPrice(priced);
  const given = `${rest} at rest, ${failover} in a failover`;
  const row = [
    environment,
    "monthly cost in US dollars",
    budget === undefined ? "–" : dollars(budget.monthlyDollars),
    missing === 0 ? given : `at least ${given}`,
    verdictOf(budget, missing),
    missing === 0
      ? "what is due by time alone; use comes on top"
      : `what is due by time alone; use comes on top, and ${missing} resources of which no price is held`,
  ];
  return markdownTable(["environment", "objective", "promised", "given", "", "why"], [row]);
}

function verdictOf(budget: CostDocument["budget"], missing: number): string {
  if (budget === undefined) return "no budget";
  if (!budget.isHeld) return "not met";
  if (!budget.isHeldInFailover) return "met at rest";
  return missing === 0 ? "met" : "met as far as known";
}

function withoutPrice({ unpriced }: CostDocument): number {
  return unpriced.reduce((sum, { resources }) => sum + resources, 0);
}

function dollars(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: 0 });
}
