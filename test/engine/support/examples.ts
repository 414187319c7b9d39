import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Names of the examples that are whole environments. */
export const examples: readonly string[] = readdirSync("examples").filter((name) =>
  existsSync(environmentOf(name)),
);

/** Those that recover servers, from a hub. */
export const hubExamples: readonly string[] = examples.filter((name) => hasHub(name));

/** Those whose cells hold all that they declare. */
export const cellExamples: readonly string[] = examples.filter((name) => !hasHub(name));

function hasHub(example: string): boolean {
  return /^hub:/m.test(readFileSync(environmentOf(example), "utf8"));
}

/** The environment file of an example, from the root of a project. */
export function environmentOf(example: string): string {
  return `examples/${example}/environment.yaml`;
}
