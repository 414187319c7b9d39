import { describe, expect, it } from "vitest";
import { analyze } from "../../../runtime/rehearsal/program/policy-pack.js";
import { runText, temporaryDirectory } from "./temporary-program.js";

/** Writes a pack with these policies, as JavaScript. */
function packOf(policies: string): string {
  return temporaryDirectory({
    "PulumiPolicy.yaml": "runtime: nodejs\nversion: 1.2.3\ndescription: a pack\n",
    "package.json": JSON.stringify({ type: "module", main: "index.js", version: "1.2.3" }),
    "index.js": `
      import { PolicyPack } from "@pulumi/policy";
      new PolicyPack("house-rules", { policies: [${policies}] });
    `,
  });
}

const named = `{
  name: "topic-named",
  description: "Topics have short names.",
  enforcementLevel: "mandatory",
  configSchema: { properties: { most: { type: "number", default: 3 } } },
  validateResource: ({ type, props, getConfig }, report) => {
    if (type !== "aws:sns/topic:Topic") return;
    if (props.name.length > getConfig().most) report("name must be short, got " + props.name + ".");
  },
}`;

const topicUrn = "urn:pulumi:test::shop::aws:sns/topic:Topic::t";

describe("a policy pack in a process of its own", () => {
  it("sees inputs of each resource and outputs of the stack, with providers", async () => {
    const pack = packOf(`{
      name: "seen",
      description: "Says what it sees.",
      validateResource: ({ type, props, provider }, report) => {
        if (type.startsWith("aws:")) report(JSON.stringify([Object.keys(props), provider.props.region]));
      },
      validateStack: ({ resources }, report) => {
        const topic = resources.find(({ type }) => type.startsWith("aws:"));
        report([topic.props.arn, topic.parent.name, topic.provider.name].join(" "), topic.urn);
      },
    }`);
    const run = await runText(`
      const spoke = new aws.Provider("spoke", { region: "eu-west-1", allowedAccountIds: ["222222222222"] });
      new aws.sns.Topic("t", { name: "orders" }, { provider: spoke });
    `);

    const report = await analyze(pack, run);

    expect(report).toEqual({
      pack: "house-rules",
      version: "1.2.3",
      violations: [
        {
          policy: "seen",
          level: "advisory",
          message: '[["name","tagsAll"],"eu-west-1"]',
          urn: topicUrn,
          resourceName: "t",
        },
        {
          policy: "seen",
          level: "advisory",
          message: "arn:aws:sns:eu-west-1:222222222222:orders shop-test spoke",
          urn: topicUrn,
          resourceName: "t",
        },
      ],
    });
  });

  it("takes its settings from defaults, and from configuration with levels", async () => {
    const run = await runText(`new aws.sns.Topic("t", { name: "orders" });`);
    const pack = packOf(named);

    const [byDefault, relaxed, advisory, disabled] = await Promise.all([
      analyze(pack, run),
      analyze(pack, run, { "topic-named": { most: 6 } }),
      analyze(pack, run, { all: "disabled", "topic-named": "advisory" }),
      analyze(pack, run, { all: "disabled" }),
    ]);

    expect(byDefault.violations).toEqual([
      {
        policy: "topic-named",
        level: "mandatory",
        message: "name must be short, got orders.",
        urn: topicUrn,
        resourceName: "t",
      },
    ]);
    expect(relaxed.violations).toEqual([]);
    expect(advisory.violations.map(({ level }) => level)).toEqual(["advisory"]);
    expect(disabled.violations).toEqual([]);
  });

  it("advises what it could not check at preview", async () => {
    const run = await runText(
      `
      const first = new aws.sns.Topic("first", { name: "a" });
      new aws.sns.Topic("t", { name: first.arn });
      `,
      { preview: true },
    );

    const { violations } = await analyze(packOf(named), run);

    expect(violations).toEqual([
      {
        policy: "topic-named",
        level: "advisory",
        message:
          "can't run policy 'topic-named' from policy pack 'house-rules@v1.2.3' during preview: " +
          "string value at .name can't be known during preview",
        urn: topicUrn,
        resourceName: "t",
      },
    ]);
  });

  it("remedies before it validates", async () => {
    const pack = packOf(`{
      name: "short",
      description: "Shortens names.",
      enforcementLevel: "remediate",
      remediateResource: ({ type, props }) =>
        type === "aws:sns/topic:Topic" ? { ...props, name: "abc" } : undefined,
    }, ${named}`);
    const run = await runText(`new aws.sns.Topic("t", { name: "orders" });`);

    expect((await analyze(pack, run)).violations).toEqual([]);
  });

  it("that has a policy which throws reports it as mandatory", async () => {
    const pack = packOf(`{
      name: "broken",
      description: "Throws.",
      validateResource: ({ type }) => { if (type.startsWith("aws:")) throw new Error("no such field"); },
    }`);
    const run = await runText(`new aws.sns.Topic("t");`);

    expect((await analyze(pack, run)).violations).toEqual([
      {
        policy: "broken",
        level: "mandatory",
        message: "the policy could not be checked: no such field",
        urn: topicUrn,
        resourceName: "t",
      },
    ]);
  });

  it("sees no stack of a program that failed", async () => {
    const pack = packOf(`{
      name: "stack",
      description: "Sees the stack.",
      validateStack: (_stack, report) => report("seen"),
    }`);
    const run = await runText(`new aws.sns.Topic("t"); throw new Error("half-way");`);

    expect((await analyze(pack, run)).violations).toEqual([]);
  });

  it("that does not start fails with what it printed", async () => {
    const directory = packOf(`{ name: "all", description: "Reserved." }`);
    const run = await runText("");

    await expect(analyze(directory, run)).rejects.toThrow(
      /PulumiPolicy\.yaml must belong to a policy pack that starts, got: Invalid policy name "all"/,
    );
  });
});
