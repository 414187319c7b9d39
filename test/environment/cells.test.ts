import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseEnvironment } from "../../runtime/environment/load.js";
import { hasServers } from "../../runtime/environment/schema.js";

const cells = textOf("pilot-light");
const servers = textOf("six-servers");

function textOf(example: string): string {
  return readFileSync(`examples/${example}/environment.yaml`, "utf8");
}

function problemsOf(text: string): readonly string[] {
  const loaded = parseEnvironment(text, "environment.yaml");
  return loaded.ok ? [] : loaded.problems.map(({ message }) => message);
}

function changed(text: string, ...replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((now, [from, to]) => {
    expect(now).toContain(from);
    return now.replace(from, to);
  }, text);
}

/** The first part of a list below `cells:`, up to the blank line that ends it. */
function part(key: string): string {
  const [found = ""] = new RegExp(`^    ${key}:\\n(      .*\\n)+`, "m").exec(cells) ?? [];
  expect(found).not.toBe("");
  return found;
}

describe("an environment with cells", () => {
  it("needs no hub, and then recovers no servers", () => {
    const loaded = parseEnvironment(cells, "environment.yaml");
    expect(loaded.ok && hasServers(loaded.environment)).toBe(false);
    expect(loaded).toMatchObject({
      ok: true,
      environment: { accounts: [], groups: [], plans: [], cells: [{ name: "us" }] },
    });
  });

  it("may recover servers as well", () => {
    const [, declared = ""] = cells.split(/^(?=cells:)/m);
    const loaded = parseEnvironment(`${servers}\n${declared}`, "environment.yaml");
    expect(loaded.ok && hasServers(loaded.environment)).toBe(true);
    expect(loaded).toMatchObject({ ok: true, environment: { cells: [{ name: "us" }] } });
  });

  it("must declare all that servers need, once it declares some of it", () => {
    const text = `${cells}\nhub:\n  account: "777788889999"\n  regions: { home: us-east-1 }\n`;
    expect(problemsOf(text)).toEqual(
      ["accounts", "groups", "plans"].map((key) =>
        expect.stringMatching(new RegExp(`^${key} must be .*, got nothing\\. Add ${key}`)),
      ),
    );
  });

  it("tells each address once", () => {
    const text = changed(cells, [
      "notify: [on-call@example.com]",
      "notify: [dr@example.com, dr@example.com]",
    ]);
    expect(problemsOf(text)).toEqual([
      'cells[0].notify[1] must be different from cells[0].notify[0], got "dr@example.com". Name each address once.',
    ]);
  });

  it("must have one", () => {
    const [before = ""] = cells.split(/^(?=cells:)/m);
    expect(problemsOf(`${before}cells: []\n`)).toEqual([
      'cells must be a list of at least one cell, got an empty list. Add one, as an item that begins with "-".',
    ]);
  });
});

describe("a cell", () => {
  it.each<[string, readonly (readonly [string, string])[], readonly string[]]>([
    [
      "with one Region twice",
      [["recovery: us-west-2 }\n    strategy", "recovery: us-east-1 }\n    strategy"]],
      [
        'cells[0].regions.recovery must be another Region than the primary, got "us-east-1". Choose another: a copy in the same Region is lost with it.',
        'cells[0].services[0].certificates.recovery must be a certificate in "us-east-1", got one in "us-west-2". A load balancer takes none of another Region.',
      ],
    ],
    [
      "with a Region outside of its zone",
      [
        ["recovery: us-west-2 }\n    strategy", "recovery: ca-central-1 }\n    strategy"],
        ["acm:us-west-2", "acm:ca-central-1"],
      ],
      [
        'cells[0].regions.recovery must be a Region of the zone "us" (us-east-1, us-east-2, us-west-1, us-west-2), got "ca-central-1". Use a Region of the zone, or make two cells.',
      ],
    ],
    [
      "in a zone that nobody knows",
      [["residency: us", "residency: utopia"]],
      [
        expect.stringMatching(
          /^cells\[0\]\.residency must be a residency zone .*, got "utopia"\. /,
        ),
      ],
    ],
    [
      "whose networks share addresses",
      [["recovery: 10.20.0.0/16", "recovery: 10.10.128.0/17"]],
      [
        'cells[0].network.cidrBlocks.recovery must be apart from "10.10.0.0/16", the primary\'s, got "10.10.128.0/17". Choose another range: nothing is routed between Regions that share addresses.',
      ],
    ],
    [
      "with a network that is too small",
      [["primary: 10.10.0.0/16", "primary: 10.10.0.0/23"]],
      [
        'cells[0].network.cidrBlocks.primary must be a range from /16 to /22 that begins at its first address, got "10.10.0.0/23". Write it as in 10.10.0.0/16: nine subnets share it.',
      ],
    ],
    [
      "whose recovery Region cannot carry production",
      [
        [
          "recovery: { resting: 2, normal: 50, failover: 100 }",
          "recovery: { resting: 2, normal: 20, failover: 40 }",
        ],
      ],
      [
        "cells[0].services[0].tasks.recovery.failover must be 50 or more, what is normal in the primary Region, got 40. The recovery Region must carry the primary one's load alone.",
      ],
    ],
    [
      "that rests above normal and fails over to less",
      [
        [
          "primary: { resting: 20, normal: 50, failover: 100 }",
          "primary: { resting: 20, normal: 10, failover: 5 }",
        ],
      ],
      [
        "cells[0].services[0].tasks.primary.normal must be 20 or more, as it rests, got 10. Rest with less.",
        "cells[0].services[0].tasks.primary.failover must be 10 or more, as is normal, got 5. A failover brings the load of both Regions.",
        "cells[0].services[0].tasks.primary.failover must be 50 or more, what is normal in the recovery Region, got 5. The primary Region must carry the recovery one's load alone.",
      ],
    ],
    [
      "whose audit trail is elsewhere, and yet told how to record",
      [['trail/organization" }', 'trail/organization", covers: cell, retentionYears: 7 }']],
      [
        'cells[0].auditTrail.covers must be absent for a trail elsewhere, got "cell". Leave it out, or leave out elsewhere.',
        "cells[0].auditTrail.retentionYears must be absent for a trail elsewhere, got 7. Leave it out, or leave out elsewhere.",
      ],
    ],
    [
      "whose audit trail is elsewhere, but not by its ARN",
      [[`"arn:aws:cloudtrail:us-east-1:999988887777:trail/organization"`, "organization"]],
      [
        'cells[0].auditTrail.elsewhere must be the ARN of a trail, got "organization". Name the trail that records the account.',
      ],
    ],
    [
      "whose audit trail is locked for no time, and takes the name of a bucket",
      [
        [
          `elsewhere: "arn:aws:cloudtrail:us-east-1:999988887777:trail/organization"`,
          "retentionMode: GOVERNANCE",
        ],
        ["{ name: reports,", "{ name: audit,"],
      ],
      [
        'cells[0].auditTrail.retentionMode must be absent without retentionYears, got "GOVERNANCE". Say how long.',
        'cells[0].buckets[0].name must be other than that of the trail\'s buckets, got "audit". Choose another name: the records of the audit trail lie under this one.',
      ],
    ],
    [
      "with a client that does not run",
      [["clients: [orders, pricing]", "clients: [order, pricing]"]],
      [
        'cells[0].replicatedDatabases[0].clients[0] must be the name of a service or cluster of the cell, got "order". Write "orders".',
      ],
    ],
    [
      "with a database whose secret is not there",
      [["secret: ledger-login", "secret: vault"]],
      [
        'cells[0].replicatedDatabases[0].secret must be the name of a secret of the cell, got "vault". Declare it under secrets, or write "ledger-login".',
      ],
    ],
    [
      "with an image that nobody replicates",
      [["repository: orders", "repository: order"]],
      [
        'cells[0].services[0].repository must be the name of a repository of the cell\'s images, got "order". Write "orders".',
      ],
    ],
    [
      "with the tag that says nothing",
      [['tag: "1.4.0"', 'tag: "latest"']],
      [
        'cells[0].services[0].tag must be the tag of an image, and not latest, got "latest". Name the version that both Regions run.',
      ],
    ],
    [
      "with a public name of a service that runs in one Region",
      [
        ["          recovery: { resting: 2, normal: 50, failover: 100 }\n", ""],
        ["strategy: pilot-light", "strategy: backup-and-restore"],
        [part("clusters"), ""],
        ["clients: [orders, pricing]", "clients: [orders]"],
      ],
      [
        'cells[0].traffic.records[0].service must be the name of a service of both Regions, got "orders". Declare it under services.',
      ],
    ],
    [
      "that is a pilot light without recovery tasks",
      [
        ["          recovery: { resting: 2, normal: 50, failover: 100 }\n", ""],
        [part("traffic"), ""],
      ],
      [
        "cells[0].services[0].tasks.recovery must be given for pilot-light, got nothing. Say how many tasks the recovery Region keeps, or call it backup-and-restore.",
      ],
    ],
    [
      "that calls itself backup-and-restore and runs in both Regions",
      [["strategy: pilot-light", "strategy: backup-and-restore"]],
      [
        "cells[0].services[0].tasks.recovery must be absent for backup-and-restore, got a mapping. What runs in the recovery Region makes it a pilot light or more: say so, or leave it out.",
        "cells[0].clusters must be empty for backup-and-restore, got a list. What runs in the recovery Region makes it a pilot light or more: say so, or leave it out.",
      ],
    ],
    [
      "that calls itself active-active and sends all clients to one Region",
      [["strategy: pilot-light", "strategy: active-active"]],
      [
        'cells[0].traffic.routing must be "latency" for active-active, got "failover". Both Regions serve only when clients go to the nearer one.',
      ],
    ],
    [
      "with a certificate of the wrong Region",
      [["arn:aws:acm:us-west-2", "arn:aws:acm:us-east-1"]],
      [
        'cells[0].services[0].certificates.recovery must be a certificate in "us-west-2", got one in "us-east-1". A load balancer takes none of another Region.',
      ],
    ],
    [
      "with two things of one name",
      [
        ["- name: pricing", "- name: orders"],
        ["clients: [orders, pricing]", "clients: [orders]"],
      ],
      [
        'cells[0].clusters[0].name must be different from cells[0].services[0].name, got "orders". Give each a name of its own.',
      ],
    ],
  ])("%s is refused, and nothing else with it", (_title, replacements, messages) => {
    expect(problemsOf(changed(cells, ...replacements))).toEqual(messages);
  });

  it("is refused without backups where it lives by them", () => {
    const text = textOf("backup-and-restore");
    expect(problemsOf(changed(text, [text.slice(text.indexOf("    backups:")), ""]))).toEqual([
      "cells[0].backups must be given for backup-and-restore, got nothing. Say what is backed up.",
      'cells[0].tables[0].replicated must be true where backups.stores does not name "dynamodb", got false. Back tables up, or keep a replica.',
      'cells[0].tables[1].replicated must be true where backups.stores does not name "dynamodb", got false. Back tables up, or keep a replica.',
    ]);
  });

  it("is refused where it backs up others than the tables that live by their backups", () => {
    const text = changed(textOf("backup-and-restore"), ["stores: [dynamodb]", "stores: [rds]"]);
    expect(problemsOf(text)).toHaveLength(2);
    expect(problemsOf(changed(text, ["replicated: false", "replicated: true"]))).toEqual([
      'cells[0].tables[1].replicated must be true where backups.stores does not name "dynamodb", got false. Back tables up, or keep a replica.',
    ]);
  });

  it("is refused as a warm standby that has no instances", () => {
    const text = changed(textOf("warm-standby"), [
      "clients: [web]",
      "headless: true\n        clients: [web]",
    ]);
    expect(problemsOf(text)).toEqual([
      "cells[0].auroraDatabases[0].headless must be false for warm-standby, got true. Give the recovery Region instances, or call it a pilot light.",
    ]);
  });

  it("shares its registry with no other cell of the same account and Region", () => {
    const text = changed(textOf("active-active"), [
      "residency: eu\n    regions: { primary: eu-west-1, recovery: eu-central-1 }",
      "residency: us\n    regions: { primary: us-east-1, recovery: us-west-2 }",
    ]).replaceAll(/acm:eu-west-1/g, "acm:us-east-1");
    expect(problemsOf(text.replaceAll("acm:eu-central-1", "acm:us-west-2"))).toEqual([
      'cells[1].images must be in one cell of account "555566667777" in these Regions, got another in "us". Keep all repositories in one cell: ECR has one replication for all of them.',
    ]);
  });
});

describe("an audit trail of all Regions", () => {
  const payments = textOf("active-active");

  it("is refused in an account that holds a cell of another zone", () => {
    expect(problemsOf(changed(payments, ["{ covers: cell, ", "{ "]))).toEqual([
      'cells[0].auditTrail.covers must be "cell" where the account also holds the cell "eu" of the zone "eu", got nothing. A trail of the account would carry its events into "us".',
      'cells[1].auditTrail.covers must be "cell" where the account also holds the cell "us" of the zone "us", got nothing. A trail of the account would carry its events into "eu".',
    ]);
  });

  it("is taken where the other zone has an account of its own", () => {
    const apart = changed(
      payments,
      ["{ covers: cell, ", "{ "],
      ["name: eu\n", 'name: eu\n    account: "444455556666"\n'],
    );
    expect(problemsOf(apart)).toEqual([]);
  });
});
