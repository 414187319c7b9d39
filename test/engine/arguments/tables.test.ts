import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readComponents } from "../../../scripts/docs/components.js";
import { allCopies, keptNameOf } from "../support/argument-copies.js";
import type { ArgumentTable } from "../support/argument-table.js";
import { tables as databases } from "./databases.js";
import { tables as recovery } from "./recovery.js";
import { tables as stores } from "./stores.js";
import { tables as traffic } from "./traffic.js";
import { tables as workloads } from "./workloads.js";

const tables: readonly ArgumentTable[] = [
  ...databases,
  ...recovery,
  ...stores,
  ...traffic,
  ...workloads,
];
const components = readComponents(".");
const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name).sort();

describe("the tables of changed arguments", () => {
  it("are of every component", () => {
    const known = tables.map(({ component }) => component).sort();
    expect(known).toEqual(names(components));
  });

  it.each(tables)("have a row for every argument of $component", ({ component, rows }) => {
    const { args = [] } = components.find(({ name }) => name === component) ?? {};
    expect(Object.keys(rows).sort()).toEqual(names(args));
  });

  it("are as many as the page of the tier says", () => {
    const kept = tables.map(({ component }) => keptNameOf(component));
    const changes = allCopies(tables).filter(({ name }) => !kept.includes(name));
    const args = components.flatMap((component) => component.args);
    expect(readFileSync("docs/engine.md", "utf8")).toContain(
      `${changes.length} changes of the ${args.length} arguments of all ${components.length} components`,
    );
  });
});
