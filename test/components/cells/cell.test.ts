import { describe, expect, test } from "vitest";
import { Problems } from "../../../components/arguments.js";
import {
  type Cell,
  cellContract,
  cellPrefix,
  checkCell,
  regionsOf,
} from "../../../components/cells/cell.js";
import { orders } from "../../support/cells.js";

function problemsOf(cell: Cell): readonly string[] {
  const problems = new Problems();
  checkCell(problems, cell);
  return problems.found;
}

describe("a cell", () => {
  test("begins the names of its resources, and tells where they are", () => {
    expect(cellPrefix(orders)).toBe("shop-orders");
    expect(regionsOf(orders)).toEqual(["us-east-1", "us-west-2"]);
    expect(cellContract(orders)).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
    });
  });

  test("is in order when both Regions lie in its zone", () => {
    expect(problemsOf(orders)).toEqual([]);
  });

  test("is told of everything that is wrong with it at once", () => {
    const regions = { primary: "us-east-1", recovery: "us-east-1" };
    expect(problemsOf({ ...orders, name: "", account: "1", regions })).toEqual([
      'cell.name must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "".',
      'cell.account must be 12 digits, got "1".',
      'cell.regions.recovery must be another Region than the primary, got "us-east-1" twice. A copy in the same Region is lost with it.',
    ]);
  });

  test("refuses a Region outside of its residency zone", () => {
    const regions = { primary: "eu-west-1", recovery: "eu-west-2" };
    expect(problemsOf({ ...orders, residency: "eu", regions })).toEqual([
      'cell.residency must hold both Regions, got "eu" (eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3) without "eu-west-2". Use a Region of the zone, or make two cells.',
    ]);
  });

  test("refuses Regions of two partitions", () => {
    const regions = { primary: "us-east-1", recovery: "us-gov-west-1" };
    expect(problemsOf({ ...orders, regions })[0]).toBe(
      'cell.regions must lie in one partition, got "us-east-1" and "us-gov-west-1". Nothing replicates between partitions.',
    );
  });

  test("refuses a zone that nobody knows, and says which there are", () => {
    const residency = "atlantis" as Cell["residency"];
    expect(problemsOf({ ...orders, residency })[0]).toMatch(
      /^cell\.residency must be a zone that this release knows \(eu, uk, .*\), got "atlantis"\. /,
    );
  });
});
