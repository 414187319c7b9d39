import { beforeAll, describe, expect, test } from "vitest";
import {
  hubReference,
  ProtectionGroup,
  type ProtectionGroupArgs,
} from "../../../components/index.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const hub = hubReference({
  environment: "sample",
  account: "777788889999",
  homeRegion: "us-east-1",
});

const group: ProtectionGroupArgs["group"] = {
  name: "production",
  members: [
    { account: "111111111111", region: "us-east-1", tags: { Environment: "production" } },
    { account: "222222222222", region: "us-west-2", servers: ["s-3c1730a9e0771ea14"] },
  ],
};

function declared(changes: Partial<typeof group> = {}) {
  return () => new ProtectionGroup("group", { hub, group: { ...group, ...changes } });
}

describe("a protection group", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(declared());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/protection-group.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(declared(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:recovery:ProtectionGroup");
    expect(component?.inputs).toEqual({ group: "production", members: group.members });
    expect(component?.outputs).toEqual(component?.inputs);
  });

  test("stands in the hub's table as a document that only a deployment changes", () => {
    const { item } = run.one("aws:dynamodb/tableItem:TableItem", "group-item").inputs;
    expect(JSON.parse(String(item))).toEqual({
      name: { S: "production" },
      revision: { N: "1" },
      managedBy: { S: "pulumi" },
      document: { S: JSON.stringify(group) },
    });
  });

  test("refuses all that is wrong with it at once, before it creates anything", async () => {
    const lane = { account: "111111111111", region: "us-east-1" };
    const members = [lane, { ...lane, account: "1", tags: {}, servers: [] }];
    const { message, children } = await refusalOf(declared({ name: "All servers", members }));
    expect(message?.split("\n")).toEqual([
      'group.name must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "All servers".',
      "group.members[0] must select by tags or by servers, got neither. Give one; tags {} selects every server.",
      'group.members[1].account must be 12 digits, got "1".',
      "group.members[1] must select by tags or by servers, got both. Give one; tags {} selects every server.",
    ]);
    expect(children).toEqual([]);
  });

  test("refuses to be empty", async () => {
    const { message, children } = await refusalOf(declared({ members: [] }));
    expect(message).toBe("group.members must name at least one lane, got none. Add a member.");
    expect(children).toEqual([]);
  });
});
