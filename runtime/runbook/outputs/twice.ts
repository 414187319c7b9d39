import type { Path } from "../../environment/path.js";
import { type Finding, quoted } from "../../environment/problem.js";
import { found } from "./found.js";

/** Values that stand more than once where each is the name of something else. */
export function givenTwice(
  values: readonly string[],
  pathOf: (index: number) => Path,
): readonly Finding[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) === index ? [] : [found(pathOf(index), "given once", quoted(value))],
  );
}
