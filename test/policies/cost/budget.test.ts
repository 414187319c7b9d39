import { describe, expect, it } from "vitest";
import { priced } from "../../../policies/cost/priced.js";
import { withinBudget } from "../../../policies/cost/within-budget.js";
import type { Rule } from "../../../policies/rule.js";
import { type Shown, showStack, uncheckedAdvisory, unknown } from "../in-process.js";

/** The rule as a stack with this budget has it configured. */
function held(rule: Rule, monthlyDollars?: number): Rule {
  if (!("validateStack" in rule)) throw new Error("the rule must look at stacks");
  const { validateStack } = rule;
  return {
    ...rule,
    validateStack: (args, report) =>
      validateStack({ ...args, getConfig: <T>() => ({ monthlyDollars }) as T }, report),
  };
}

/** A thousand replicating servers: 20,440 dollars a month. */
const servers: Shown = {
  type: "aws-dr:recovery:SpokeAccount",
  props: { lanes: [{ region: "eu-west-1", declaredServers: 1_000 }] },
};

const nodes: Shown = {
  type: "aws:eks/nodeGroup:NodeGroup",
  name: "nodes",
  props: {
    region: "us-east-1",
    instanceTypes: ["m6i.xlarge"],
    scalingConfig: { desiredSize: 1, maxSize: 10 },
  },
};

const tooMuch = (when: string, budget: number, dollars: string) =>
  `advisory: a month ${when} must cost at most ${budget} dollars, got ${dollars}. See with "aws-dr cost" what costs most, or raise the budget.`;

const unknownNodes: Shown = { ...nodes, props: { ...nodes.props, instanceTypes: [unknown] } };

describe("a budget", () => {
  it.each<[string, number | undefined, readonly Shown[], readonly string[]]>([
    ["below the cost", 20_439, [servers], [tooMuch("at rest", 20_439, "20440.00")]],
    ["at the cost", 20_440, [servers], []],
    ["above the cost", 20_441, [servers], []],
    ["that is absent", undefined, [servers, unknownNodes], []],
    ["that a failover exceeds", 1_000, [nodes], [tooMuch("in a failover", 1_000, "1417.60")]],
    ["of a stack without anything", 1, [], []],
    [
      "of a stack of which something is not known",
      20_440,
      [servers, unknownNodes],
      [uncheckedAdvisory(withinBudget, "nodes.instanceTypes[0]")],
    ],
    [
      "below what is known already",
      20_439,
      [servers, unknownNodes],
      [
        tooMuch("at rest", 20_439, "20440.00"),
        uncheckedAdvisory(withinBudget, "nodes.instanceTypes[0]"),
      ],
    ],
  ])("%s is judged so", async (_what, budget, shown, said) => {
    expect(await showStack(held(withinBudget, budget), shown)).toEqual(said);
  });
});

describe("a stack with a budget", () => {
  const none = (what: string) =>
    `advisory: a price must be known, got none of ${what}. Look it up on AWS's own page, and leave room for it in the budget.`;
  const broker: Shown = { type: "aws:msk/cluster:Cluster", props: { region: "us-east-1" } };
  const inMilan: Shown = { ...nodes, props: { ...nodes.props, region: "eu-south-1" } };

  it.each<[string, readonly Shown[], readonly string[]]>([
    ["has prices of all that it holds", [servers, nodes], []],
    ["holds a type that has none", [broker], [none("aws:msk/cluster:Cluster")]],
    [
      "is in a Region that has none",
      [inMilan],
      [
        none("EKS: m6i.xlarge instances in eu-south-1"),
        none("EKS: GiB of node disks in eu-south-1"),
      ],
    ],
    [
      "holds something that is not known yet",
      [unknownNodes],
      [uncheckedAdvisory(priced, "nodes.instanceTypes[0]")],
    ],
  ])("%s", async (_what, shown, said) => {
    expect(await showStack(held(priced, 1), shown)).toEqual(said);
  });

  it("is not asked for prices without one", async () => {
    expect(await showStack(held(priced), [broker, unknownNodes])).toEqual([]);
  });
});
