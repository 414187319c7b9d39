import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commandsTable, optionsTable } from "./commands.js";
import {
  argumentsTable,
  componentsTable,
  type DocumentedComponent,
  type DocumentedRecord,
  outputsTable,
  readComponents,
  readRecords,
} from "./components.js";
import { sourcesTable } from "./cost.js";
import { controlTable, faultsElsewhereTable, operationsTable } from "./emulator.js";
import { environmentTable } from "./environment-keys.js";
import { exerciseTable, pilotLightTable, scalingTable } from "./exercises.js";
import { faultKindsTable, faultProfilesTable, faultSelectorsTable } from "./faults.js";
import { grantsTable } from "./grants.js";
import { limitsTable, quotasTable } from "./limits.js";
import { fillRegions } from "./markdown.js";
import { objectivesTable } from "./objectives.js";
import { budgetTable, turnsTable } from "./rto.js";
import { packTable, rulesTable } from "./rules.js";
import { storesTable } from "./stores.js";
import { switchesTable } from "./switches.js";

/** A page as it stands, and as it must stand. */
export interface Page {
  readonly path: string;
  readonly present: string;
  readonly wanted: string;
}

/** README and every page below `docs/` and of an example, with their generated regions as the code fills them now. */
export function pages(root: string): readonly Page[] {
  const components = readComponents(root);
  const records = readRecords(root);
  const docs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
  const paths = [
    ...docs.filter((path) => path.endsWith(".md")).map((path) => join("docs", path)),
    ...readdirSync(join(root, "examples"))
      .map((example) => join("examples", example, "README.md"))
      .filter((path) => existsSync(join(root, path))),
  ];
  return ["README.md", ...paths.sort()].map((path) => {
    const present = readFileSync(join(root, path), "utf8");
    return {
      path,
      present,
      wanted: fillRegions(present, (name) => content(name, components, records)),
    };
  });
}

const tables: Readonly<
  Record<
    string,
    (
      components: readonly DocumentedComponent[],
      subject: string,
      records: readonly DocumentedRecord[],
    ) => string
  >
> = {
  limits: limitsTable,
  quotas: quotasTable,
  environment: environmentTable,
  rules: rulesTable,
  pack: (_components, subject) => packTable(subject),
  commands: commandsTable,
  options: (_components, subject) => optionsTable(subject),
  components: componentsTable,
  arguments: (components, subject) => argumentsTable(named(components, subject)),
  stores: storesTable,
  record: (_components, subject, records) => argumentsTable(named(records, subject)),
  switches: switchesTable,
  grants: grantsTable,
  operations: operationsTable,
  control: controlTable,
  faults: faultKindsTable,
  "faults-elsewhere": faultsElsewhereTable,
  selectors: faultSelectorsTable,
  profiles: faultProfilesTable,
  turns: turnsTable,
  budget: budgetTable,
  prices: sourcesTable,
  "scaling-cost": scalingTable,
  "exercise-cost": exerciseTable,
  "pilot-light-cost": pilotLightTable,
  objectives: (_components, subject) => objectivesTable(subject),
  outputs: (components, subject) => outputsTable(named(components, subject)),
};

/** `<table>` or `<table> <subject>`, such as `arguments SpokeAccount`. */
function content(
  region: string,
  components: readonly DocumentedComponent[],
  records: readonly DocumentedRecord[],
): string {
  const [table = "", subject = ""] = region.split(" ");
  const render = tables[table];
  if (!render) {
    const known = Object.keys(tables).join(", ");
    throw new Error(`generated region must be one of ${known}, got "${table}".`);
  }
  return render(components, subject, records);
}

function named<Documented extends DocumentedRecord>(
  documented: readonly Documented[],
  wanted: string,
): Documented {
  const found = documented.find(({ name }) => name === wanted);
  if (found) return found;
  const known = documented.map(({ name }) => name).join(", ");
  throw new Error(`subject of a generated region must be one of ${known}, got "${wanted}".`);
}
