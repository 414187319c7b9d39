import { describe, expect, test } from "vitest";
import { AuroraGlobalDatabase, type AuroraGlobalDatabaseArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import { keyArn, keyArns, ledger, placements } from "../../support/placements.js";
import { refusalOf } from "../../support/pulumi-mocks.js";

function database(changes: Partial<AuroraGlobalDatabaseArgs> = {}) {
  return () => new AuroraGlobalDatabase("ledger", { ...ledger, ...changes });
}

describe("an Aurora global database refuses, before it creates anything,", () => {
  test.each<[string, Partial<AuroraGlobalDatabaseArgs>, readonly string[]]>([
    [
      "numbers beyond their limits",
      {
        onPartition: "block-commits",
        enforcedRpoSeconds: 19,
        instancesPerRegion: 17,
        backupRetentionDays: 6,
        lagAlarmMilliseconds: 99,
        logRetentionDays: 2,
        objectives: { rtoMinutes: 0, rpoSeconds: -1 },
      },
      [
        "enforcedRpoSeconds must be 20 to 2147483647 seconds, got 19.",
        "instancesPerRegion must be 1 to 16 instances in a Region, got 17.",
        "backupRetentionDays must be 7 to 35 days, got 6.",
        "lagAlarmMilliseconds must be 100 to 600000 milliseconds, got 99.",
        "logRetentionDays must be a period that CloudWatch Logs knows (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days), got 2. Take 3, the next longer one.",
        "objectives.rtoMinutes must be 1 to 10080 minutes, got 0.",
        "objectives.rpoSeconds must be 0 to 86400 seconds, got -1.",
      ],
    ],
    [
      "a key of another Region",
      { keyArns: { ...keyArns, "us-west-2": keyArn("us-east-1") } },
      [
        'keyArns["us-west-2"] must be the ARN of a key in that Region, got "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555". A service encrypts with keys of its own Region.',
      ],
    ],
    [
      "no key in a Region for the logs",
      { logKeyArns: { "us-east-1": keyArn("us-east-1") } },
      [
        'logKeyArns["us-west-2"] must be the ARN of a customer key, got us-east-1. Take keyArns of a CellKey.',
      ],
    ],
    [
      "a Region without placement and key",
      {
        placements: { "us-east-1": placements["us-east-1"] ?? { vpcId: "", subnetIds: [] } },
        keyArns: { "us-east-1": keyArn("us-east-1") },
      },
      [
        "placements must name the Regions of the cell (us-east-1, us-west-2), got us-east-1. Give one for each.",
        'keyArns["us-west-2"] must be the ARN of a customer key, got us-east-1. Take keyArns of a CellKey.',
      ],
    ],
    [
      "placements that no database can stand in",
      {
        placements: {
          ...placements,
          "us-west-2": {
            vpcId: "vpc-2",
            subnetIds: ["subnet-2a"],
            allowedSecurityGroupIds: { "the api": "sg-2" },
            allowedCidrBlocks: ["0.0.0.0/0"],
          },
        },
      },
      [
        'placements["us-west-2"].subnetIds must be 2 or more, in as many zones, got 1. Give the private subnets of the Region.',
        'placements["us-west-2"].allowedSecurityGroupIds must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "the api".',
        'placements["us-west-2"].allowedCidrBlocks[0] must be a range of private addresses, such as "10.1.0.0/16", got "0.0.0.0/0". Nothing else reaches a private subnet.',
      ],
    ],
    [
      "a version and a class that AWS takes in no global database",
      { engineVersion: "13.2", instanceClass: "db.t4g.medium" },
      [
        'engineVersion must be a version of Aurora PostgreSQL from 13.3 on, as major.minor, got "13.2". Older ones cannot fail over as one database.',
        'instanceClass must be a provisioned class that is not burstable, got "db.t4g.medium". Take a memory-optimized one, such as "db.r6g.large".',
      ],
    ],
    [
      "an RPO to be enforced by a database that keeps committing",
      { enforcedRpoSeconds: 60 },
      [
        'onPartition must be "block-commits" where an RPO is enforced, got "keep-committing". Choose one.',
      ],
    ],
    [
      "an RPO to be enforced in a Region outside of the cell",
      { onPartition: "block-commits", rpoEnforcedIn: "eu-west-1" },
      [
        'rpoEnforcedIn must be a Region of the cell (us-east-1, us-west-2), got "eu-west-1". Name the one that writes.',
      ],
    ],
    [
      "parameters that the component sets itself",
      { clusterParameters: { "rds.force_ssl": "0" } },
      [
        'clusterParameters must leave "rds.force_ssl" to this component, got "0". TLS is required always, and the RPO is "enforcedRpoSeconds".',
      ],
    ],
    [
      "a name that makes identifiers too long",
      { name: "a-ledger-with-a-name-that-goes-on-and-on" },
      [
        'name must be shorter, so that identifiers have 63 characters at most, got 64 in "shop-orders-a-ledger-with-a-name-that-goes-on-and-on-us-east-1-2". Shorten it, or the names of environment and cell.',
      ],
    ],
    [
      "a name with two hyphens side by side",
      { name: "the--ledger" },
      [
        'name must not put two hyphens side by side, got "shop-orders-the--ledger-us-east-1-2". RDS takes no such identifier.',
      ],
    ],
    [
      "a cell whose Regions lie in two zones",
      { cell: { ...orders, residency: "eu" } },
      [
        'cell.residency must hold both Regions, got "eu" (eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3) without "us-east-1". Use a Region of the zone, or make two cells.',
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(database(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });

  test("a partition to which nobody knows the answer", async () => {
    const onPartition = "panic" as AuroraGlobalDatabaseArgs["onPartition"];
    const { message } = await refusalOf(database({ onPartition }));
    expect(message).toBe(
      'onPartition must be "block-commits" or "keep-committing", got "panic". Choose what is worse: lost writes, or none taken.',
    );
  });
});
