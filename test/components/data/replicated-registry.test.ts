import { beforeAll, describe, expect, test } from "vitest";
import { ReplicatedRegistry, type ReplicatedRegistryArgs } from "../../../components/index.js";
import { keyArns, orders } from "../../support/cells.js";
import { documentOf, policyLines, policyProblems } from "../../support/policy-checks.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: ReplicatedRegistryArgs = {
  cell: orders,
  name: "images",
  keyArns,
  repositories: ["api", "web"],
};
const configurationType = "aws:ecr/replicationConfiguration:ReplicationConfiguration";
const repositoryType = "aws:ecr/repository:Repository";

function registry(changes: Partial<ReplicatedRegistryArgs> = {}) {
  return () => new ReplicatedRegistry("images", { ...args, ...changes });
}

describe("a replicated registry", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(registry());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/replicated-registry.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(registry(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:data:ReplicatedRegistry");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      name: "images",
      mechanism: "ecr-replication",
      prefix: "shop-orders-images/",
      repositories: ["api", "web"],
      hasImmutableTags: true,
      keepImages: 500,
      ownsReplication: true,
      keepData: true,
    });
    const urls = (region: string) => ({
      api: `111122223333.dkr.ecr.${region}.amazonaws.com/shop-orders-images/api`,
      web: `111122223333.dkr.ecr.${region}.amazonaws.com/shop-orders-images/web`,
    });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      repositoryUrls: { "us-east-1": urls("us-east-1"), "us-west-2": urls("us-west-2") },
    });
  });

  test("replicates its own prefix both ways, and others when told to", async () => {
    const more = await runProgram(registry({ otherPrefixes: ["shared/"] }));
    const rules = more.of(configurationType).map(({ inputs }) => {
      const [rule] = Object(inputs.replicationConfiguration).rules;
      const prefixes = rule.repositoryFilters.map((one: { filter: string }) => one.filter);
      return [inputs.region, rule.destinations[0].region, ...prefixes];
    });
    expect(rules).toEqual([
      ["us-east-1", "us-west-2", "shop-orders-images/", "shared/"],
      ["us-west-2", "us-east-1", "shop-orders-images/", "shared/"],
    ]);
  });

  test("leaves the configuration of the account to another when told to", async () => {
    const other = await runProgram(registry({ ownsReplication: false }));
    expect(other.of(configurationType)).toEqual([]);
    expect(other.of(repositoryType)).toHaveLength(4);
  });

  test("lets ECR make repositories below its prefix alone", async () => {
    const make = documentOf(run, "aws:iam/rolePolicy:RolePolicy", "images-role-policy");
    expect(policyLines(make)).toEqual([
      "MakeRepositories: Allow ecr:CreateRepository ecr:ReplicateImage ecr:TagResource on " +
        "arn:aws:ecr:us-east-1:111122223333:repository/shop-orders-images/* " +
        "arn:aws:ecr:us-west-2:111122223333:repository/shop-orders-images/*",
    ]);
    const keys = documentOf(run, "aws:iam/rolePolicy:RolePolicy", "images-role-keys");
    expect(policyLines(keys)).toEqual([
      `LendKeys: Allow kms:CreateGrant kms:DescribeKey kms:RetireGrant on ${keyArns["us-east-1"]} ${keyArns["us-west-2"]}`,
    ]);
    expect(await policyProblems("make", make)).toEqual([]);
    expect(await policyProblems("keys", keys)).toEqual([]);
  });

  test("can be removed with its images when nothing need be kept", async () => {
    const passing = await runProgram(registry({ keepData: false, repositories: ["api"] }));
    const seen = passing
      .of(repositoryType)
      .map(({ protect, inputs }) => [protect, inputs.forceDelete]);
    expect(seen).toEqual([
      [false, true],
      [false, true],
    ]);
  });

  test("hands each repository's arguments to the transform last", async () => {
    const tags = { owner: "payments" };
    const tagged = await runProgram(
      registry({ transformRepository: (given) => ({ ...given, tags }) }),
    );
    expect(tagged.of(repositoryType).map(({ inputs }) => inputs.tags)).toEqual([
      tags,
      tags,
      tags,
      tags,
    ]);
  });
});

describe("a replicated registry refuses, before it creates anything,", () => {
  test.each<[string, Partial<ReplicatedRegistryArgs>, readonly string[]]>([
    [
      "names that break their rules, and numbers",
      { repositories: ["api", "Web", "api"], otherPrefixes: ["A/"], keepImages: 0 },
      [
        'repositories[1] must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "Web".',
        'repositories must name each once, got "api" again. Leave one out.',
        'otherPrefixes[0] must be how names of repositories begin, got "A/". Take lower-case letters, digits and . _ - /.',
        "keepImages must be 1 to 10000 newest images of a repository, got 0.",
      ],
    ],
    [
      "names that grow too long",
      {
        name: "images-of-everything-that-we-run",
        cell: { ...orders, name: "orders-of-the-whole-world" },
      },
      [
        'name must give role names of up to 64 characters, got "shop-orders-of-the-whole-world-images-of-everything-that-we-run-creation" with 72. Take a shorter one.',
      ],
    ],
    [
      "prefixes where no replication is set",
      { ownsReplication: false, otherPrefixes: ["shared/"] },
      [
        "otherPrefixes must not be given without ownsReplication, got 1. Give them where the replication is set.",
      ],
    ],
    [
      "images that would leave their residency zone",
      {
        cell: { ...orders, regions: { primary: "us-east-1", recovery: "eu-west-1" } },
        keyArns: { ...keyArns, "eu-west-1": "arn:aws:kms:eu-west-1:111122223333:key/1" },
      },
      [
        'cell.residency must hold both Regions, got "us" (us-east-1, us-east-2, us-west-1, us-west-2) without "eu-west-1". Use a Region of the zone, or make two cells.',
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(registry(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });
});
