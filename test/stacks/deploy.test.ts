import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { loadEnvironment } from "../../runtime/environment/load.js";
import { hasServers, type ServerEnvironment } from "../../runtime/environment/schema.js";
import { deploy } from "../../stacks/deploy.js";
import {
  goldenList,
  type MockRun,
  runProgram,
  scratchBundles,
  shapeOf,
} from "../support/pulumi-mocks.js";
import { standInOutputs } from "../support/stand-in-outputs.js";

const bundlesFolder = scratchBundles();

function example(name: string): ServerEnvironment {
  const path = fileURLToPath(new URL(`../../examples/${name}/environment.yaml`, import.meta.url));
  const loaded = loadEnvironment(path);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
  if (!hasServers(loaded.environment)) throw new Error(`${name} recovers no servers`);
  return loaded.environment;
}

const providers = "pulumi:providers:aws";

/** Types whose resources lie in no Region. */
const global = /^aws:iam\//;

describe.each(["six-servers", "thousand-servers"])("the program for %s", (name) => {
  const environment = example(name);
  const program = () => deploy(environment, { bundlesFolder });
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(program, { outputsOf: standInOutputs });
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot(`../golden/stack-${name}.txt`);
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(program, { preview: true, outputsOf: standInOutputs });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("makes one provider an account, which works in that account alone", () => {
    const accounts = new Set([
      environment.hub.account,
      ...environment.accounts.map(({ id }) => id),
    ]);
    expect(run.of(providers).map(({ inputs }) => inputs.allowedAccountIds)).toEqual(
      [...accounts].toSorted().map((account) => JSON.stringify([account])),
    );
  });

  test("leaves no resource to a default provider and no Region to a provider", () => {
    const resources = run.resources.filter(({ type }) => type.startsWith("aws:"));
    expect(resources.length).toBeGreaterThan(20);
    for (const { type, name: resource, provider, inputs } of resources) {
      expect(provider, `${type} ${resource}`).toMatch(/^account-\d{12}$/);
      if (!global.test(type)) expect(inputs.region, `${type} ${resource}`).toBeTypeOf("string");
    }
  });

  test("puts each spoke's roles into its own account", () => {
    for (const { id, name: account } of environment.accounts) {
      const role = run.one("aws:iam/role:Role", `spoke-${account}-recovery`);
      expect(role.provider).toBe(`account-${id}`);
    }
  });
});

describe("the provider of an account", () => {
  const environment: ServerEnvironment = {
    ...example("six-servers"),
    deployment: { role: "deployer" },
  };
  const program = () => deploy(environment, { bundlesFolder });

  test("takes the deployment's role there, where the environment names one", async () => {
    const run = await runProgram(program, { outputsOf: standInOutputs });
    const { inputs } = run.one(providers, "account-555566667777");
    expect(JSON.parse(String(inputs.assumeRoles))).toEqual([
      {
        roleArn: "arn:aws:iam::555566667777:role/deployer",
        sessionName: "pulumi-aws-dr-six-servers",
      },
    ]);
  });

  test("tags what it makes with owner, environment and the tool", async () => {
    const run = await runProgram(program, { outputsOf: standInOutputs });
    const { inputs } = run.one(providers, "account-555566667777");
    expect(JSON.parse(String(inputs.defaultTags))).toEqual({
      tags: {
        owner: "platform-dr@example.com",
        environment: "six-servers",
        "managed-by": "pulumi-aws-dr",
      },
    });
  });

  test("serves hub and spoke alike where they share an account", async () => {
    const shared = { ...environment, hub: { ...environment.hub, account: "555566667777" } };
    const run = await runProgram(() => deploy(shared, { bundlesFolder }), {
      outputsOf: standInOutputs,
    });
    expect(run.of(providers).map(({ name }) => name)).toEqual(["account-555566667777"]);
  });
});
