import { describe, expect, it } from "vitest";
import { names, runText } from "./temporary-program.js";

const texts = (run: Awaited<ReturnType<typeof runText>>) => run.messages.map(({ text }) => text);

describe("a program that fails", () => {
  it("that throws is told by its message alone, with what it had registered", async () => {
    const run = await runText(`
      new aws.sns.Topic("t");
      throw new Error("lanes[0].region must be a Region, got \\"moon\\".");
    `);

    expect(run.succeeded).toBe(false);
    expect(run.messages).toEqual([
      { severity: "error", text: 'lanes[0].region must be a Region, got "moon".' },
    ]);
    expect(names(run)).toContain("t");
  });

  it("by a mistake in the language keeps the kind of the error", async () => {
    const run = await runText(`undefined.length;`);

    expect(texts(run)).toEqual([
      "TypeError: Cannot read properties of undefined (reading 'length')",
    ]);
  });

  it("in an apply is told once, however many promises it rejects", async () => {
    const run = await runText(`
      const topic = new aws.sns.Topic("t");
      const bad = topic.arn.apply(() => { throw new Error("no such thing"); });
      new aws.sns.Topic("u", { displayName: bad });
      new aws.sns.Topic("v", { displayName: bad });
    `);

    expect(run.succeeded).toBe(false);
    expect(texts(run)).toEqual(["no such thing"]);
  });

  it("by a RunError or a ResourceError is told by its message, with the resource", async () => {
    const run = await runText(`
      class Cell extends pulumi.ComponentResource {
        constructor(name) {
          super("test:index:Cell", name, {});
          throw new pulumi.ResourceError("tier must be 1 to 4, got 9.", this, true);
        }
      }
      new Cell("cell");
    `);
    const other = await runText(`throw new pulumi.RunError("file must exist.");`);

    expect(run.messages).toEqual([
      {
        severity: "error",
        text: "tier must be 1 to 4, got 9.",
        urn: "urn:pulumi:test::shop::test:index:Cell::cell",
      },
    ]);
    expect(texts(other)).toEqual(["file must exist."]);
  });

  it("by registering a URN twice is told as the engine tells it", async () => {
    const run = await runText(`new aws.sns.Topic("t"); new aws.sns.Topic("t");`);

    const urn = "urn:pulumi:test::shop::aws:sns/topic:Topic::t";
    expect(run.succeeded).toBe(false);
    expect(run.messages).toEqual([
      {
        severity: "error",
        text: `Duplicate resource URN '${urn}'; try giving it a unique name.`,
        urn,
      },
    ]);
  });

  it("by forgetting a provider where default ones are disabled", async () => {
    const run = await runText(`new aws.sns.Topic("t");`, {
      config: { "pulumi:disable-default-providers": '["aws"]' },
    });

    expect(run.succeeded).toBe(false);
    expect(texts(run)).toEqual([
      "Default provider for 'aws' disabled. 'aws:sns/topic:Topic' must use an explicit provider.",
    ]);
  });

  it("by asking AWS what the stand-in does not answer", async () => {
    const run = await runText(`export const ami = aws.ec2.getAmiOutput({ owners: ["self"] }).id;`);

    expect(run.succeeded).toBe(false);
    expect(texts(run)).toEqual([
      "invoke must be one that the stand-in for AWS answers (getAvailabilityZones, " +
        'getCallerIdentity, getPartition, getRegion), got "aws:ec2/getAmi:getAmi". ' +
        "Pass what it would answer as an argument.",
    ]);
  });

  it("by importing what is not there", async () => {
    const run = await runText(`import "./nowhere.js";`);

    expect(run.succeeded).toBe(false);
    expect(texts(run).join()).toContain("nowhere.js");
  });

  it("by never ending is ended", async () => {
    const run = await runText("while (true);", { timeLimitSeconds: 3 });

    expect(run.succeeded).toBe(false);
    expect(texts(run)).toEqual([
      "the program must end within 3 seconds, got no end. Look for a value that refers to itself.",
    ]);
  });

  it("by exiting without a word is not taken for a success", async () => {
    const run = await runText("process.exit(7);");

    expect(run.succeeded).toBe(false);
    expect(texts(run)).toEqual(["the program ended with exit code 7 and told nothing."]);
  });
});

describe("what a program prints", () => {
  it("is kept when it failed", async () => {
    const run = await runText(`console.error("about to fail"); process.exit(1);`);

    expect(texts(run)).toEqual(["about to fail"]);
  });

  it("is not shown when it succeeded", async () => {
    const run = await runText(`console.error("hello"); console.log("hello");`);

    expect(run).toMatchObject({ succeeded: true, messages: [] });
  });

  it("as warnings is told", async () => {
    const run = await runText(`await pulumi.log.warn("capacity is low");`);

    expect(run.messages).toEqual([{ severity: "warning", text: "capacity is low" }]);
    expect(run.succeeded).toBe(true);
  });
});
