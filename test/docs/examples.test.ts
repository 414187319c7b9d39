import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { fencedBlocks } from "../../scripts/docs/fenced-blocks.js";

const root = resolve(import.meta.dirname, "../..");

/** The TypeScript of a page's fenced blocks, each as a module of its own. */
function programsOf(page: string): readonly string[] {
  return fencedBlocks(join(root, page), "ts");
}

function pagesWithPrograms(): readonly string[] {
  const docs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
  const pages = [
    "README.md",
    ...docs.filter((page) => page.endsWith(".md")).map((page) => `docs/${page}`),
  ];
  return pages.filter((page) => programsOf(page).length > 0);
}

/** What the compiler says about modules that import this package by its name. */
function complaints(modules: ReadonlyMap<string, string>): readonly string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const paths = {
    "pulumi-aws-dr": ["./components/index.ts"],
    "pulumi-aws-dr/policies": ["./policies/index.ts"],
  };
  const checked = { ...options, paths, noEmit: true, incremental: false };
  delete checked.tsBuildInfoFile;
  const host = ts.createCompilerHost(checked);
  const { readFile, fileExists } = host;
  host.readFile = (path) => modules.get(path) ?? readFile(path);
  host.fileExists = (path) => modules.has(path) || fileExists(path);
  const program = ts.createProgram([...modules.keys()], checked, host);
  return [...modules.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    return ts
      .getPreEmitDiagnostics(program, source)
      .map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  });
}

describe("programs in the documentation", () => {
  const modules = new Map(
    pagesWithPrograms().flatMap((page) =>
      programsOf(page).map((program, index) => {
        const name = `${page.replace(/\W/g, "-")}-${index}.ts`;
        return [join(root, name), program] as const;
      }),
    ),
  );

  it("stand in the README, whole by line 40", () => {
    const lines = readFileSync(join(root, "README.md"), "utf8").split("\n");
    const start = lines.indexOf("```ts");
    expect(start).toBeGreaterThan(0);
    expect(lines.indexOf("```", start)).toBeLessThanOrEqual(40);
  });

  it("type-check against the package", () => {
    expect(modules.size).toBeGreaterThan(0);
    expect(complaints(modules)).toEqual([]);
  });

  it("would be refused with an argument that does not exist", () => {
    const path = join(root, "planted.ts");
    const text =
      'import { OrchestrationHub } from "pulumi-aws-dr";\nnew OrchestrationHub("h", { colour: 1 });\n';
    expect(complaints(new Map([[path, text]]))).toHaveLength(1);
  });
});
