import { beforeAll, describe, expect, test } from "vitest";
import { ObservabilityLink, type ObservabilityLinkArgs } from "../../../components/index.js";
import { edgesOf } from "../../../runtime/core/cells/edges/edges.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: ObservabilityLinkArgs = {
  environment: "sample",
  account: "111122223333",
  accountName: "staging-1",
  region: "us-east-1",
  sinkArn: "arn:aws:oam:us-east-1:777788889999:sink/11111111-1111-4111-8111-111111111111",
};

const linkType = "aws:oam/link:Link";

function link(changes: Partial<ObservabilityLinkArgs> = {}) {
  return () => new ObservabilityLink("staging", { ...args, ...changes });
}

describe("the link of an account", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(link());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/observability-link.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(link(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:observability:ObservabilityLink");
    expect(component?.inputs).toMatchObject({
      accountName: "staging-1",
      shares: ["metrics", "logs"],
      namespaces: ["AWS/DRS"],
      logGroupPrefixes: ["/aws/events/dr-sample"],
    });
    expect(component?.outputs).toMatchObject({
      ...component?.inputs,
      eventLogArn: "arn:aws:logs:us-east-1:111122223333:log-group:/aws/events/dr-sample",
    });
  });

  test("shares what it names and nothing else", async () => {
    const configured = async (changes: Partial<ObservabilityLinkArgs>) =>
      (await runProgram(link(changes))).one(linkType, "staging-link").inputs.linkConfiguration;
    expect(await configured({})).toEqual({
      metricConfiguration: { filter: "Namespace IN ('AWS/DRS')" },
      logGroupConfiguration: { filter: "LogGroupName LIKE '/aws/events/dr-sample%'" },
    });
    expect(
      await configured({ namespaces: ["AWS/RDS", "AWS/S3"], logGroupPrefixes: ["/aws/rds/"] }),
    ).toEqual({
      metricConfiguration: { filter: "Namespace IN ('AWS/RDS', 'AWS/S3')" },
      logGroupConfiguration: {
        filter: "LogGroupName LIKE '/aws/events/dr-sample%' OR LogGroupName LIKE '/aws/rds/%'",
      },
    });
    expect(await configured({ shares: ["logs"] })).toEqual({
      logGroupConfiguration: { filter: "LogGroupName LIKE '/aws/events/dr-sample%'" },
    });
  });

  test("is an edge that policies see, from its Region to its sink's", () => {
    const { inputs } = run.one(linkType, "staging-link");
    const resource = { urn: "link", type: linkType, props: inputs, dependenciesOf: () => [] };
    expect(edgesOf([{ ...resource, region: "us-east-1" }])).toEqual([
      {
        kind: "observability",
        urn: "link",
        path: "sinkIdentifier",
        from: "us-east-1",
        to: "us-east-1",
      },
    ]);
  });

  test("hands the link's arguments to the transform last", async () => {
    const labelled = await runProgram(
      link({ transformLink: (given) => ({ ...given, labelTemplate: "$AccountName" }) }),
    );
    expect(labelled.one(linkType, "staging-link").inputs.labelTemplate).toBe("$AccountName");
  });
});

describe("the link of an account refuses, before it creates anything,", () => {
  test.each<[string, Partial<ObservabilityLinkArgs>, readonly string[]]>([
    [
      "what filters and labels do not take",
      {
        accountName: "a b",
        namespaces: ["it's"],
        logGroupPrefixes: ["/a%", "/b", "/c", "/d", "/e"],
      },
      [
        'accountName must be 1 to 64 letters, digits, dots, hyphens and underscores, got "a b".',
        'namespaces[0] must be letters, digits, and the signs / . # _ -, got "it\'s". Filters take no other.',
        'logGroupPrefixes[0] must be letters, digits, and the signs / . # _ -, got "/a%". Filters take no other.',
        "logGroupPrefixes must be at most 4, beside that of the log of events, got 5. Begin names alike.",
      ],
    ],
    [
      "to share metrics of no namespace",
      { namespaces: [] },
      ["namespaces must name what is shared, got none. Leave metrics out of shares."],
    ],
    [
      "a sink of another Region, which links do not reach",
      { region: "us-west-2" },
      [
        `sinkArn must be the ARN of another account's sink in us-west-2, got "${args.sinkArn}". Make a sink in each Region that is observed.`,
      ],
    ],
    [
      "a sink of its own account",
      { account: "777788889999" },
      [
        `sinkArn must be the ARN of another account's sink in us-east-1, got "${args.sinkArn}". Make a sink in each Region that is observed.`,
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(link(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });
});
