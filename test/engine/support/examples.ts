import { existsSync, readdirSync } from "node:fs";

/** Names of the examples that are whole environments. */
export const examples: readonly string[] = readdirSync("examples").filter((name) =>
  existsSync(environmentOf(name)),
);

/** The environment file of an example, from the root of a project. */
export function environmentOf(example: string): string {
  return `examples/${example}/environment.yaml`;
}
