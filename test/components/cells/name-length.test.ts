import { expect, test } from "vitest";
import { Problems } from "../../../components/arguments.js";
import { checkNameLength } from "../../../components/cells/name-length.js";

test("a name may be as long as AWS takes it, and not a character longer", () => {
  const problems = new Problems();
  checkNameLength(problems, "role", "a".repeat(64), 64);
  expect(problems.found).toEqual([]);
  checkNameLength(problems, "role", "a".repeat(65), 64);
  expect(problems.found).toEqual([
    `cell.name must leave the role at most 64 characters, got "${"a".repeat(65)}" with 65. Shorten the name of the cell or of its environment.`,
  ]);
});
