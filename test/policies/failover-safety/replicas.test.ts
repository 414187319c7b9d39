import { describe, expect, it } from "vitest";
import { replicaAlike } from "../../../policies/failover-safety/replica-alike.js";
import { type Shown, showStack, uncheckedAdvisory, unknown } from "../in-process.js";

type Props = Readonly<Record<string, unknown>>;

const arn = "arn:aws:rds:us-east-1:111122223333:db:orders";

function source(more: Props = {}): Shown {
  return {
    type: "aws:rds/instance:Instance",
    name: "orders",
    props: { region: "us-east-1", arn, instanceClass: "db.r6g.large", multiAz: true, ...more },
  };
}

function replica(more: Props = {}): Shown {
  const props = { region: "us-west-2", replicateSourceDb: arn, ...like, ...more };
  return { type: "aws:rds/instance:Instance", name: "copy", props };
}

const like = { instanceClass: "db.r6g.large", multiAz: true };
const otherClass = (got: string) =>
  `advisory: instanceClass must be that of the source "orders" (db.r6g.large), got "${got}". Give both the same, or plan for the change after a promotion.`;
const oneZone = (got: string) =>
  `advisory: multiAz must be true as that of the source "orders" is, got ${got}. Turn it on: it takes minutes after a promotion.`;
const cannot = (path: string) => [uncheckedAdvisory(replicaAlike, `copy.${path}`)];

describe("a replica in another Region", () => {
  it.each<[string, readonly Shown[], readonly string[]]>([
    ["is as its source", [source(), replica()], []],
    [
      "has a smaller class",
      [source(), replica({ instanceClass: "db.r6g.medium" })],
      [otherClass("db.r6g.medium")],
    ],
    [
      "has a larger class",
      [source(), replica({ instanceClass: "db.r6g.xlarge" })],
      [otherClass("db.r6g.xlarge")],
    ],
    ["has no class", [source(), replica({ instanceClass: null })], [otherClass("")]],
    [
      "has a class that is not known yet",
      [source(), replica({ instanceClass: unknown })],
      cannot("instanceClass"),
    ],
    ["stands in one zone", [source(), replica({ multiAz: false })], [oneZone("false")]],
    ["does not say its zones", [source(), replica({ multiAz: null })], [oneZone("nothing")]],
    [
      "stands in zones that are not known yet",
      [source(), replica({ multiAz: unknown })],
      cannot("multiAz"),
    ],
    [
      "stands in one zone as its source does",
      [source({ multiAz: false }), replica({ multiAz: false })],
      [],
    ],
    ["is a copy of another stack's", [replica()], cannot("replicateSourceDb")],
    [
      "is found by what it is made of",
      [
        source(),
        {
          ...replica({ replicateSourceDb: unknown, multiAz: false }),
          madeOf: { replicateSourceDb: [source()] },
        },
      ],
      [oneZone("false")],
    ],
    [
      "is none, but one for reading beside its source",
      [source(), replica({ region: "us-east-1", instanceClass: "db.r6g.medium" })],
      [],
    ],
    ["is none, but a database of its own", [source()], []],
  ])("%s", async (_title, shown, said) => {
    expect(await showStack(replicaAlike, shown)).toEqual(said);
  });
});
