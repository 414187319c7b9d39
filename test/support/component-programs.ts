import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";

/** The whole program of a component's page, as JavaScript. */
export function programOf(page: string): string {
  const path = `docs/components/${page}.md`;
  const [, program, ...others] = readFileSync(path, "utf8").split(/^```ts\n([\s\S]*?)^```$/m);
  if (program === undefined || others.length !== 1)
    throw new Error(`${path} must hold one program.`);
  return transformSync(program, { loader: "ts" }).code;
}
