import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";

const tables = resolve(import.meta.dirname, "../arguments");
const copies = resolve(import.meta.dirname, "argument-copies.ts");

/** The source of a program whose copies {@link bundleCopies} puts beside it. */
export function sourceOf(state: "from" | "to"): string {
  return `
import * as aws from "@pulumi/aws";
import * as dr from "pulumi-aws-dr";
import { copies } from "./copies.js";

// Else every resource has its stack read back through source maps, which takes longer than all the rest.
Error.prepareStackTrace = undefined;

for (const { name, component, account, needs, ${state}: args } of copies) {
  const provider = new aws.Provider(name, { region: "us-east-1", allowedAccountIds: [account] });
  const dependsOn = needs.map(({ resource, args: of }, index) => {
    const [module, type] = resource.split(".");
    return new aws[module][type](\`\${name}-need-\${index}\`, of, { provider });
  });
  new dr[component](name, args, { provider, dependsOn });
}
`;
}

/** Writes the copies of the tables in a file of test/engine/arguments/ where a program imports them. */
export function bundleCopies(file: string, folder: string): void {
  const contents = `
import { allCopies } from ${JSON.stringify(copies)};
import { tables } from ${JSON.stringify(join(tables, `${file}.ts`))};
export const copies = allCopies(tables);
`;
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: tables, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["@pulumi/*", "pulumi-aws-dr"],
    write: false,
  });
  writeFileSync(join(folder, "copies.js"), outputFiles[0]?.contents ?? "");
}
