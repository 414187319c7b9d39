import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { projectStack } from "../../../runtime/rehearsal/program/project.js";
import { named, runText, temporaryDirectory } from "./temporary-program.js";

const project = "name: shop\nruntime: nodejs\n";

function read(files: Readonly<Record<string, string>>, stack?: string) {
  const directory = temporaryDirectory(files);
  return { directory, ...projectStack(directory, stack) };
}

describe("a project's files", () => {
  it("say what runs: TypeScript in the project's folder, unless they say otherwise", () => {
    const { directory, source, warnings } = read({ "Pulumi.yaml": project });

    expect(warnings).toEqual([]);
    expect(source).toEqual({
      directory,
      entry: ".",
      rootDirectory: directory,
      project: "shop",
      stack: "preview",
      config: {},
      environmentVariables: { PULUMI_NODEJS_TYPESCRIPT: "true" },
    });
  });

  it("name another file, arguments of Node.js and compiled code", () => {
    const { directory, source } = read({
      "Pulumi.yaml":
        "name: shop\nmain: program.js\nruntime:\n  name: nodejs\n  options: {typescript: false, nodeargs: --import tsx, tsconfig: t.json}\n",
      "program.js": "",
    });

    expect(source).toMatchObject({
      directory,
      entry: "program.js",
      nodeArguments: ["--import", "tsx"],
      environmentVariables: {
        PULUMI_NODEJS_TYPESCRIPT: "false",
        PULUMI_NODEJS_TSCONFIG_PATH: resolve(directory, "t.json"),
      },
    });
  });

  it("configure the only stack, on top of the project's defaults", () => {
    const { source } = read({
      "Pulumi.yaml": `${project}config:\n  size: {type: integer, default: 3}\n  colour: {default: red}\n  must: {type: string}\n  "aws:region": {value: eu-west-1}\n`,
      "Pulumi.prod.yaml":
        'config:\n  shop:colour: blue\n  shop:colours: [blue]\n  aws:allowedAccountIds: ["111111111111"]\n',
    });

    expect(source.stack).toBe("prod");
    expect(source.config).toEqual({
      size: "3",
      colour: "red",
      "aws:region": "eu-west-1",
      "shop:colour": "blue",
      "shop:colours": '["blue"]',
      "aws:allowedAccountIds": '["111111111111"]',
    });
  });

  it("hold secrets that only Pulumi decrypts: they read as such, and that is told", () => {
    const { source, warnings } = read({
      "Pulumi.yaml": project,
      "Pulumi.prod.yaml":
        "config:\n  shop:token: {secure: AAAB}\n  shop:all: {one: {secure: AAAB}}\n",
    });

    expect(source.config).toEqual({
      "shop:token": "[secret]",
      "shop:all": '{"one":"[secret]"}',
    });
    expect(warnings[0]).toBe(
      'config "shop:token" is a secret, which is not decrypted here: it reads "[secret]".',
    );
    expect(warnings).toHaveLength(2);
  });

  it("must name a stack where the project has several", () => {
    const files = {
      "Pulumi.yaml": project,
      "Pulumi.dev.yaml": "config: {}",
      "Pulumi.prod.yaml": "config: {}",
    };
    expect(() => read(files)).toThrow(
      "--stack must be one of the stacks of the project, got nothing. Choose one of: dev, prod.",
    );
    expect(read(files, "acme/shop/prod").source.stack).toBe("prod");
  });

  it.each([
    ["no project", {}, "--program must be a folder with a Pulumi.yaml, got "],
    ["another language", { "Pulumi.yaml": "name: a\nruntime: go\n" }, 'must be nodejs, got "go"'],
    [
      "a project without a name",
      { "Pulumi.yaml": "runtime: nodejs\n" },
      "must be a file of Pulumi's",
    ],
  ])("are refused when they hold %s", (_what, files, message) => {
    expect(() => read(files)).toThrow(message);
  });
});

describe("a program's default provider", () => {
  it("lives where the stack's configuration says", async () => {
    const run = await runText(`new aws.sns.Topic("t");`, {
      config: { "aws:region": "eu-west-1", "aws:allowedAccountIds": '["111111111111"]' },
    });

    expect(named(run, "t")).toMatchObject({ account: "111111111111", region: "eu-west-1" });
  });
});

describe("a reference to another stack", () => {
  const program = `
    const other = new pulumi.StackReference("acme/dr/prod");
    export const table = other.requireOutput("hub").apply((hub) => hub.plansTable);
  `;

  it("reads the outputs that were given, at preview too", async () => {
    const stackOutputs = { "acme/dr/prod": { hub: { plansTable: "dr-prod-recovery-plans" } } };
    for (const preview of [true, false]) {
      const run = await runText(program, { stackOutputs, preview });

      expect(run.messages).toEqual([]);
      expect(named(run, "shop-test").outputs).toEqual({ table: "dr-prod-recovery-plans" });
    }
  });

  it("fails where none were given, and says how to give them", async () => {
    const run = await runText(program);

    expect(run.succeeded).toBe(false);
    expect(run.messages[0]?.text).toBe(
      'outputs of stack "acme/dr/prod" must be given, got none. Write them with "pulumi stack output ' +
        '--json --stack acme/dr/prod > outputs.json" and add --stack-outputs acme/dr/prod=outputs.json.',
    );
  });
});

describe("a project whose program lies below its root", () => {
  it("runs where the program lies", () => {
    const { directory, source } = read({
      "Pulumi.yaml": `${project}main: node_modules\n`,
    });
    expect(source).toMatchObject({
      directory: join(directory, "node_modules"),
      entry: ".",
      rootDirectory: directory,
    });
  });
});
