import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { ProgramSource } from "./run-program.js";

/** A stack of a Pulumi project, as its files describe it. */
export interface ProjectStack {
  readonly source: Omit<ProgramSource, "preview">;
  /** What could not be read as Pulumi would. */
  readonly warnings: readonly string[];
}

const projectSchema = z.object({
  name: z.string().min(1),
  main: z.string().optional(),
  runtime: z.union([
    z.string().transform((name) => ({ name, options: undefined })),
    z.object({
      name: z.string(),
      options: z
        .object({
          typescript: z.boolean().optional(),
          nodeargs: z.string().optional(),
          tsconfig: z.string().optional(),
        })
        .optional(),
    }),
  ]),
  config: z.record(z.string(), z.unknown()).nullish(),
  stackConfigDir: z.string().optional(),
});

const stackSchema = z.object({ config: z.record(z.string(), z.unknown()).nullish() }).nullish();

type Project = z.infer<typeof projectSchema>;

const projectFiles = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** What a secret is read as: only Pulumi's own engine can decrypt it. */
export const secretText = "[secret]";

/**
 * Reads a project as Pulumi does: its `Pulumi.yaml`, the configuration of one stack, and how its
 * program is started. The stack is the one named, or the only one that has a file, or `preview`
 * where none has. Throws for a folder without a project of Node.js, and for a choice of stacks.
 */
export function projectStack(directory: string, named?: string): ProjectStack {
  const root = resolve(directory);
  const project = projectOf(root, directory);
  const stacks = join(root, project.stackConfigDir ?? "");
  const stack = named?.split("/").at(-1) ?? onlyStack(stacks);
  const file = stackFile(stacks, stack);
  const own = file === undefined ? {} : (read(file, stackSchema)?.config ?? {});
  const config = { ...configOf(project.config ?? {}), ...textsOf(own) };
  const secrets = Object.keys(own).filter((key) => holdsSecret(own[key]));
  return {
    source: { ...started(root, project), project: project.name, stack, config },
    warnings: secrets.map(
      (key) =>
        `config "${key}" is a secret, which is not decrypted here: it reads "${secretText}".`,
    ),
  };
}

function projectOf(root: string, directory: string): Project {
  const file = projectFiles.map((name) => join(root, name)).find((path) => existsSync(path));
  if (file === undefined) {
    throw new Error(
      `--program must be a folder with a Pulumi.yaml, got ${JSON.stringify(directory)}. Name the project's folder.`,
    );
  }
  const project = read(file, projectSchema);
  const { name } = project.runtime;
  if (name === "nodejs") return project;
  throw new Error(
    `${file}: runtime must be nodejs, got ${JSON.stringify(name)}. Programs in other languages cannot be run here.`,
  );
}

/** Where the program is started and which file, as Pulumi's engine takes them from `main`. */
function started(root: string, { main, runtime }: Project) {
  const { typescript = true, nodeargs, tsconfig } = runtime.options ?? {};
  const path = resolve(root, main ?? ".");
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  return {
    directory: isFolder ? path : dirname(path),
    entry: isFolder ? "." : basename(path),
    rootDirectory: root,
    ...(nodeargs === undefined ? {} : { nodeArguments: nodeargs.split(/\s+/).filter(Boolean) }),
    environmentVariables: {
      PULUMI_NODEJS_TYPESCRIPT: String(typescript),
      ...(tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: resolve(root, tsconfig) }),
    },
  };
}

function onlyStack(folder: string): string {
  const stacks = readdirSync(folder)
    .map((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1])
    .filter((name) => name !== undefined);
  const [only = "preview"] = stacks;
  if (stacks.length <= 1) return only;
  throw new Error(
    `--stack must be one of the stacks of the project, got nothing. Choose one of: ${stacks.join(", ")}.`,
  );
}

function stackFile(folder: string, stack: string): string | undefined {
  return ["yaml", "yml"]
    .map((extension) => join(folder, `Pulumi.${stack}.${extension}`))
    .find((file) => existsSync(file));
}

function read<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  try {
    return schema.parse(parse(readFileSync(file, "utf8")));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${file} must be a file of Pulumi's, got: ${reason}`, { cause: error });
  }
}

/** A project's configuration declares types and defaults, or gives plain values. */
function configOf(declared: Readonly<Record<string, unknown>>): Record<string, string> {
  const given = Object.entries(declared).map(([key, value]) => [key, givenValue(value)] as const);
  return textsOf(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
}

function givenValue(declaration: unknown): unknown {
  if (typeof declaration !== "object" || declaration === null) return declaration;
  const { value, default: fallback } = declaration as { value?: unknown; default?: unknown };
  return value ?? fallback;
}

function textsOf(config: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, textOf(withoutSecrets(value))]),
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function withoutSecrets(value: unknown): unknown {
  if (isSecret(value)) return secretText;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]),
  );
}

function holdsSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSecret);
}

function isSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const [only, ...others] = Object.keys(value);
  return only === "secure" && others.length === 0;
}
