import { transformSync } from "esbuild";
import { fencedBlocks } from "../../scripts/docs/fenced-blocks.js";

/** The whole program of a component's page, as JavaScript. */
export function programOf(page: string): string {
  const path = `docs/components/${page}.md`;
  const [program, ...others] = fencedBlocks(path, "ts");
  if (program === undefined || others.length > 0) throw new Error(`${path} must hold one program.`);
  return transformSync(program, { loader: "ts" }).code;
}
