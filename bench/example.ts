import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { type Environment, environmentSchema } from "../runtime/environment/schema.js";

export const packageFolder = resolve(import.meta.dirname, "../..");

/** The example of 1,000 servers in four lanes and three tiers. */
export const exampleFile = join(packageFolder, "examples/thousand-servers/environment.yaml");

export async function exampleEnvironment(): Promise<Environment> {
  return environmentSchema.parse(parse(await readFile(exampleFile, "utf8")));
}

/** Gives `work` an environment as a file, and removes the file afterwards. */
export async function withEnvironmentFile<T>(
  environment: Environment,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "aws-dr-bench-"));
  try {
    const file = join(folder, "environment.yaml");
    await writeFile(file, stringify(environment));
    return await work(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
