import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deployedProgram } from "../runtime/cli/program.js";
import type { Environment } from "../runtime/environment/schema.js";
import { analyze } from "../runtime/rehearsal/program/policy-pack.js";
import type { ProgramRun } from "../runtime/rehearsal/program/registered.js";
import { type ProgramSource, runProgram } from "../runtime/rehearsal/program/run-program.js";
import { exampleEnvironment, exampleFile, packageFolder, withEnvironmentFile } from "./example.js";
import { type Figure, millisecondsOf } from "./figure.js";

/** What a preview of the example costs over registering as many AWS resources and nothing else. */
export async function preview(): Promise<readonly Figure[]> {
  const { name } = await exampleEnvironment();
  const source = previewSource(name, exampleFile);
  const { resources } = succeeded(await runProgram(source));
  const config = { resources: String(resources.length) };
  const bare = { ...source, entry: "dist/bench/bare-program.js", config };
  return [
    {
      name: `preview of the example, ${resources.length} resources`,
      unit: "ms",
      value: await millisecondsOf(() => runProgram(source).then(succeeded)),
      against: "a program that registers as many log groups and computes nothing",
      baseline: await millisecondsOf(() => runProgram(bare).then(succeeded)),
    },
  ];
}

/** What our policy pack costs over a pack without rules, on an estate of about 1,000 resources. */
export async function policies(): Promise<readonly Figure[]> {
  const run = await previewOf(estateOf(await exampleEnvironment(), 165));
  const pack = join(packageFolder, "dist/policies/drs-limits");
  const withoutRules = await packWithoutRules();
  return [
    {
      name: `policy pack drs-limits on ${run.resources.length.toLocaleString("en")} resources`,
      unit: "ms",
      value: await millisecondsOf(() => analyze(pack, run)),
      against: "a pack without rules",
      baseline: await millisecondsOf(() => analyze(withoutRules, run)),
    },
  ];
}

/** The example's estate with more accounts, each with one lane like the first. */
function estateOf(environment: Environment, accounts: number): Environment {
  const [first] = environment.accounts;
  const lanes = first?.lanes ?? [];
  const more = Array.from({ length: accounts }, (_, ordinal) => ({
    id: String(555_000_000_000 + ordinal),
    name: `more-${ordinal}`,
    lanes,
  }));
  return { ...environment, accounts: [...environment.accounts, ...more] };
}

function previewOf(environment: Environment): Promise<ProgramRun> {
  return withEnvironmentFile(environment, async (file) =>
    succeeded(await runProgram(previewSource(environment.name, file))),
  );
}

async function packWithoutRules(): Promise<string> {
  const folder = join(packageFolder, "dist/bench/pack-without-rules");
  await mkdir(folder, { recursive: true });
  const manifest = { name: "without-rules", version: "0.0.0", type: "module", main: "index.js" };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\ndescription: No rules.\n");
  const program = `import { PolicyPack } from "@pulumi/policy";
new PolicyPack("without-rules", { policies: [] });
`;
  await writeFile(join(folder, "index.js"), program);
  return folder;
}

function succeeded(run: ProgramRun): ProgramRun {
  if (run.succeeded) return run;
  throw new Error(`the program failed: ${run.messages.map(({ text }) => text).join("\n")}`);
}

function previewSource(environment: string, file: string): ProgramSource {
  return { ...deployedProgram(environment, file), preview: true };
}
