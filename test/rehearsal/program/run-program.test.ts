import { describe, expect, it } from "vitest";
import { runProgram } from "../../../runtime/rehearsal/program/run-program.js";
import { unknownValue } from "../../../runtime/rehearsal/program/wire.js";
import { named, names, runText, temporaryDirectory } from "./temporary-program.js";

const spokeProvider = `
const spoke = new aws.Provider("spoke", {
  region: "eu-west-1",
  allowedAccountIds: ["222222222222"],
  defaultTags: { tags: { owner: "dr" } },
});
`;

describe("a program that succeeds", () => {
  it("has the URNs that Pulumi's engine gives, with the types of all parents", async () => {
    const run = await runText(`
      class Cell extends pulumi.ComponentResource {
        constructor(name, opts) {
          super("test:index:Cell", name, { tier: 1 }, opts);
          const topic = new aws.sns.Topic(name + "-topic", {}, { parent: this });
          this.registerOutputs({ tier: 1, topicArn: topic.arn });
        }
      }
      class Estate extends pulumi.ComponentResource {
        constructor(name) {
          super("test:index:Estate", name, {});
          new Cell(name + "-cell", { parent: this });
          this.registerOutputs({});
        }
      }
      new Estate("all");
    `);

    expect(run.messages).toEqual([]);
    expect(run.succeeded).toBe(true);
    expect(run.resources.map((resource) => resource.urn)).toEqual([
      "urn:pulumi:test::shop::pulumi:pulumi:Stack::shop-test",
      "urn:pulumi:test::shop::test:index:Estate$test:index:Cell$aws:sns/topic:Topic::all-cell-topic",
      "urn:pulumi:test::shop::test:index:Estate$test:index:Cell::all-cell",
      "urn:pulumi:test::shop::test:index:Estate::all",
    ]);
    const cell = named(run, "all-cell");
    expect(cell.inputs).toEqual({ tier: 1 });
    expect(cell.outputs).toEqual({ tier: 1, topicArn: named(run, "all-cell-topic").outputs.arn });
  });

  it("tells its stack outputs, and keeps no secret apart", async () => {
    const run = await runText(`
      const topic = new aws.sns.Topic("t", { name: pulumi.secret("orders") });
      export const answer = { schemaVersion: 1, name: topic.name };
    `);

    expect(named(run, "shop-test").outputs).toEqual({
      answer: { schemaVersion: 1, name: "orders" },
    });
    expect(named(run, "t").inputs).toEqual({ name: "orders", tagsAll: {} });
  });

  it("is kept as the engine keeps it: providers with their plugin's version, archives without the SDK's own marks", async () => {
    const run = await runText(`
      const spoke = new aws.Provider("spoke", { region: "eu-west-1" }, { version: "7.1.2" });
      const code = new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset("1") });
      new aws.lambda.Function("f", { role: "arn:aws:iam::1:role/r", code }, { provider: spoke });
    `);

    expect(named(run, "spoke").inputs).toMatchObject({ region: "eu-west-1", version: "7.1.2" });
    expect(JSON.stringify(named(run, "f").inputs.code)).not.toContain("__pulumi");
  });

  it("reads its configuration, and environment variables that it is given", async () => {
    const run = await runText(
      `export const read = [new pulumi.Config().require("file"), new pulumi.Config("aws").get("region"), process.env.FLEET];`,
      {
        config: { file: "a.yaml", "aws:region": "eu-west-1" },
        environmentVariables: { FLEET: "9" },
      },
    );

    expect(named(run, "shop-test").outputs).toEqual({ read: ["a.yaml", "eu-west-1", "9"] });
  });

  it("runs the entry it is told, CommonJS too", async () => {
    const directory = temporaryDirectory({
      "package.json": "{}",
      "other.js": `exports.ran = "other";`,
    });

    const run = await runProgram({
      directory,
      entry: "other.js",
      project: "shop",
      stack: "test",
      config: {},
      preview: true,
    });

    expect(named(run, "shop-test").outputs).toEqual({ ran: "other" });
  });

  it("keeps what the engine keeps of a resource: protection, ignored changes, dependencies", async () => {
    const run = await runText(`
      const first = new aws.sns.Topic("first", {}, { protect: true, ignoreChanges: ["tags"] });
      new aws.sns.Topic("second", { displayName: first.arn });
    `);

    const first = named(run, "first");
    expect(first).toMatchObject({ protect: true, ignoreChanges: ["tags"], custom: true });
    expect(named(run, "second").dependencies).toEqual([first.urn]);
    expect(named(run, "second").propertyDependencies).toEqual({ displayName: [first.urn] });
  });
});

describe("what the AWS provider adds to the arguments before policies look", () => {
  it("is the tags with those of the provider, where the type has tags at all", async () => {
    const run = await runText(`${spokeProvider}
      const options = { provider: spoke };
      const table = new aws.dynamodb.Table("t", { tags: { tier: "1" } }, options);
      new aws.dynamodb.TableItem("i", { tableName: "t", hashKey: "k", item: "{}" }, options);
    `);

    expect(named(run, "t").inputs.tagsAll).toEqual({ owner: "dr", tier: "1" });
    expect(Object.keys(named(run, "i").outputs).sort()).toEqual([
      ...["hashKey", "item", "region", "tableName"],
    ]);
  });

  it("is no tag for certain as long as one of them is unknown", async () => {
    const program = `${spokeProvider}
      const topic = new aws.sns.Topic("t", {}, { provider: spoke });
      new aws.sqs.Queue("q", { tags: { topic: topic.arn } }, { provider: spoke });
    `;

    const preview = await runText(program, { preview: true });
    expect(named(preview, "q").inputs.tagsAll).toBe(unknownValue);
    expect(named(await runText(program), "q").inputs.tagsAll).toMatchObject({ owner: "dr" });
  });

  it("is no Region for what is the same in all Regions", async () => {
    const run = await runText(`${spokeProvider}
      new aws.iam.Role("r", { assumeRolePolicy: "{}" }, { provider: spoke });
    `);

    expect(named(run, "r").outputs).not.toHaveProperty("region");
  });
});

describe("where a resource lives", () => {
  it("is its provider's only allowed account and Region", async () => {
    const run = await runText(`${spokeProvider}
      new aws.sns.Topic("t", { name: "orders" }, { provider: spoke });
    `);

    expect(named(run, "t")).toMatchObject({ account: "222222222222", region: "eu-west-1" });
    expect(named(run, "t").provider).toBe(
      "urn:pulumi:test::shop::pulumi:providers:aws::spoke::spoke-id",
    );
    expect(named(run, "t").outputs).toMatchObject({
      arn: "arn:aws:sns:eu-west-1:222222222222:orders",
      tagsAll: { owner: "dr" },
    });
  });

  it("is the account of the last role in a chain, and the resource's own Region before its provider's", async () => {
    const run = await runText(`
      const spoke = new aws.Provider("spoke", {
        region: "eu-west-1",
        assumeRoles: [
          { roleArn: "arn:aws:iam::111111111111:role/jump" },
          { roleArn: "arn:aws:iam::333333333333:role/deploy" },
        ],
      });
      new aws.sns.Topic("t", { region: "eu-central-1" }, { provider: spoke });
    `);

    expect(named(run, "t")).toMatchObject({ account: "333333333333", region: "eu-central-1" });
  });

  it("is inherited by the children of a component that was given providers", async () => {
    const run = await runText(`${spokeProvider}
      class Cell extends pulumi.ComponentResource {
        constructor(name, opts) {
          super("test:index:Cell", name, {}, opts);
          new aws.sns.Topic("child", {}, { parent: this });
          this.registerOutputs({});
        }
      }
      new Cell("cell", { providers: [spoke] });
    `);

    expect(named(run, "child")).toMatchObject({ account: "222222222222", region: "eu-west-1" });
  });

  it("is asked by an invoke through the provider that it names", async () => {
    const run = await runText(`${spokeProvider}
      const options = { provider: spoke };
      export const caller = aws.getCallerIdentityOutput({}, options).accountId;
      export const region = aws.getRegionOutput({}, options).region;
      export const partition = aws.getPartitionOutput({}, options).partition;
      export const zones = aws.getAvailabilityZonesOutput({}, options).names;
    `);

    expect(named(run, "shop-test").outputs).toEqual({
      caller: "222222222222",
      region: "eu-west-1",
      partition: "aws",
      zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    });
  });
});

describe("an output that the stand-in for AWS cannot compute", () => {
  it("is unknown in what needs it, and told, never undefined", async () => {
    const run = await runText(`
      const queue = new aws.ec2.Vpc("network", { cidrBlock: "10.0.0.0/16" });
      new aws.sns.Topic("t", { displayName: pulumi.interpolate\`in \${queue.defaultSecurityGroupId}\` });
      export const group = queue.defaultSecurityGroupId;
    `);

    expect(run.succeeded).toBe(true);
    expect(named(run, "t").inputs.displayName).toBe(unknownValue);
    expect(named(run, "shop-test").outputs).toEqual({ group: unknownValue });
    expect(run.messages.map((message) => message.text).sort()).toEqual([
      '"t": input "displayName" needs an output of ' +
        '"urn:pulumi:test::shop::aws:ec2/vpc:Vpc::network" that the stand-in for AWS cannot ' +
        "compute. It stays unknown here.",
      'output "group" needs an output of a resource that the stand-in for AWS cannot compute. ' +
        "It stays unknown here.",
    ]);
  });
});

describe("a preview", () => {
  it("knows inputs, not what AWS computes, and runs no apply that needs it", async () => {
    const run = await runText(
      `
      const topic = new aws.sns.Topic("t", { name: "orders" });
      topic.arn.apply(() => new aws.sns.Topic("born-in-apply"));
      export const seen = { name: topic.name, arn: topic.arn };
      `,
      { preview: true },
    );

    expect(run.messages).toEqual([]);
    expect(names(run)).toEqual(["shop-test", "t"]);
    expect(named(run, "shop-test").outputs).toEqual({
      seen: { name: "orders", arn: unknownValue },
    });
  });

  it("registers the same names as the update, generated ones included", async () => {
    const program = `new aws.sns.Topic("t"); new aws.iam.Role("r", { assumeRolePolicy: "{}" });`;

    const [preview, update] = await Promise.all([
      runText(program, { preview: true }),
      runText(program),
    ]);

    const inputs = (run: typeof preview) => run.resources.map(({ urn, inputs }) => [urn, inputs]);
    expect(inputs(preview)).toEqual(inputs(update));
    expect(named(update, "t").inputs.name).toMatch(/^t-[0-9a-f]{7}$/);
  });
});
