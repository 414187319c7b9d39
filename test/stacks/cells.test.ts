import { beforeAll, describe, expect, test } from "vitest";
import { isOwnOrchestration } from "../../policies/residency-and-compliance/own-orchestration.js";
import { loadEnvironment } from "../../runtime/environment/load.js";
import type { Environment } from "../../runtime/environment/schema.js";
import { environmentProgram } from "../../runtime/rehearsal/program/environment-program.js";
import type { RegisteredResource } from "../../runtime/rehearsal/program/registered.js";
import { runProgram } from "../../runtime/rehearsal/program/run-program.js";
import { readComponents } from "../../scripts/docs/components.js";
import { exampleFile, exampleRun } from "../support/example-runs.js";

const strategies = ["backup-and-restore", "pilot-light", "warm-standby", "active-active"];

function example(name: string): Environment {
  const loaded = loadEnvironment(exampleFile(name));
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
  return loaded.environment;
}

async function run(name: string, preview: boolean): Promise<readonly RegisteredResource[]> {
  const ran = await exampleRun(name, preview);
  expect(ran.messages).toEqual([]);
  expect(ran.succeeded).toBe(true);
  return ran.resources;
}

/** One line a resource. Their inputs stand in the lists of their components. */
function line({ type, name, parent, protect, ignoreChanges }: RegisteredResource): string {
  const marks = [
    ...(parent === undefined ? [] : [`< ${parent.split("::").at(-1)}`]),
    ...(protect ? ["protected"] : []),
    ...(ignoreChanges.length > 0 ? [`ignoring ${ignoreChanges.join(",")}`] : []),
  ];
  return [type, name, ...marks].join(" ");
}

/** Types whose resources lie in no Region. */
const global = /^aws:(iam|route53|route53recoverycontrol|globalaccelerator)\//;

describe.each(strategies)("the program for %s", (name) => {
  const environment = example(name);
  let resources: readonly RegisteredResource[];
  beforeAll(async () => {
    resources = await run(name, false);
  });

  test("registers what the golden list says", async () => {
    const list = resources.map((resource) => `${line(resource)}\n`).toSorted();
    await expect(list.join("")).toMatchFileSnapshot(`../golden/stack-${name}.txt`);
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await run(name, true);
    expect(preview.map(line).toSorted()).toEqual(resources.map(line).toSorted());
  });

  test("encrypts the logs of each cell with the key of the stores in their Region", () => {
    const groups = resources.filter(
      ({ type, urn }) => type === "aws:cloudwatch/logGroup:LogGroup" && !isOwnOrchestration(urn),
    );
    const keyArns = resources.flatMap(({ type, name: key, outputs }) =>
      type === "aws:kms/key:Key" && key.includes("-stores-key-") ? [outputs.arn] : [],
    );
    expect(groups.length).toBeGreaterThan(1);
    for (const { region, inputs } of groups) {
      expect(keyArns).toContain(inputs.kmsKeyId);
      expect(inputs.kmsKeyId).toContain(`:${region}:`);
    }
  });

  test("deploys each cell in its account, and names every Region itself", () => {
    const accounts = new Set(environment.cells.map((cell) => cell.account));
    const regions = new Set(environment.cells.flatMap((cell) => Object.values(cell.regions)));
    const made = resources.filter(({ type, custom }) => custom && type.startsWith("aws:"));
    expect(made.length).toBeGreaterThan(90);
    for (const { type, name: resource, account, inputs } of made) {
      expect(accounts, `${type} ${resource}`).toContain(account);
      if (!global.test(type)) expect(regions, `${type} ${resource}`).toContain(inputs.region);
    }
  });
});

describe("the examples together", () => {
  test("hold every component of this package", async () => {
    const examples = [...strategies, "six-servers", "thousand-servers"];
    const used = new Set<string>();
    for (const name of examples) for (const { type } of await run(name, true)) used.add(type);
    const tokens = readComponents(".").map(({ token }) => token);
    expect(tokens.length).toBeGreaterThan(30);
    expect(tokens.filter((token) => !used.has(token))).toEqual([]);
  });
});

describe("a cell", () => {
  test("ends the program where new databases have no password to begin with", async () => {
    const source = environmentProgram(".", exampleFile("pilot-light"), "pilot-light");
    const { firstPassword: _left, ...config } = source.config;
    const { succeeded, messages } = await runProgram({ ...source, config, preview: true });
    expect(succeeded).toBe(false);
    expect(messages.map(({ text }) => text)).toEqual([
      'pulumi-aws-dr:firstPassword must be a throw-away password for new databases, got nothing. Run "pulumi config set --secret firstPassword <password>".',
    ]);
  });
});
