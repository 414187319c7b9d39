import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type EmulatedFleet, loadFleet } from "../../../runtime/rehearsal/emulator/fleet-file.js";

const folder = mkdtempSync(join(tmpdir(), "fleet-"));

afterAll(() => rmSync(folder, { recursive: true }));

function fleetIn(text: string): EmulatedFleet {
  const loaded = loadedText(text);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
  return loaded.fleet;
}

function problemsIn(text: string): readonly string[] {
  const loaded = loadedText(text);
  return loaded.ok ? [] : loaded.problems.map(({ line, message }) => `${line}: ${message}`);
}

function loadedText(text: string) {
  const file = join(folder, "fleet.yaml");
  writeFileSync(file, text);
  return loadFleet(file);
}

const lane = 'account: "111122223333", region: eu-west-1';

describe("a fleet file", () => {
  it("says which servers replicate where, how, and for how long they launch", () => {
    const { servers, lanes, quotas, launchSeconds } = fleetIn(`
lanes:
  - ${lane.replace(", ", "\n    ")}
    quotas: { concurrentJobs: 2 }
    fleet:
      - servers: [s-00000000000000001]
        tags: { Tier: db }
        replicationState: STALLED
        lagSeconds: 90
        launchSeconds: 1200
      - count: 2
        tags: { Tier: web }
        spread: { tag: Shop, prefix: shop-, values: 2 }
  - { account: "444455556666", region: us-east-1 }
`);
    expect(lanes).toEqual(["111122223333/eu-west-1", "444455556666/us-east-1"]);
    expect(quotas.get("111122223333/eu-west-1")).toEqual({ concurrentJobs: 2 });
    expect(quotas.get("444455556666/us-east-1")).toEqual({});
    expect([...launchSeconds]).toEqual([["s-00000000000000001", 1200]]);
    expect(servers).toMatchObject([
      {
        server: "s-00000000000000001",
        lane: "111122223333/eu-west-1",
        tags: { Tier: "db" },
        replicationState: "STALLED",
        lagSeconds: 90,
      },
      { tags: { Tier: "web", Shop: "shop-1" } },
      { tags: { Tier: "web", Shop: "shop-2" } },
    ]);
  });

  it("says what servers are made of, how they are named, and where in EC2 they come from", () => {
    const { servers } = fleetIn(`
lanes:
  - ${lane.replace(", ", "\n    ")}
    fleet:
      - count: 2
        hostnames: [db-1, db-2]
        machine: { diskGibibytes: [8, 100], cores: 4, ramGibibytes: 32 }
        origin: { account: "444455556666", region: us-east-1, vpc: vpc-0a1b2c3d }
      - count: 1
        machine: { operatingSystem: windows, diskGibibytes: [30, 30] }
      - count: 1
`);
    const [first, second, third, fourth] = servers;
    expect(first).toMatchObject({
      hostname: "db-1",
      origin: { account: "444455556666", region: "us-east-1", vpc: "vpc-0a1b2c3d" },
      machine: {
        platform: "linux",
        cores: 4,
        ramBytes: 32 * 1024 ** 3,
        disks: [
          { deviceName: "/dev/sda1", bytes: 8 * 1024 ** 3 },
          { deviceName: "/dev/sdb", bytes: 100 * 1024 ** 3 },
        ],
      },
    });
    expect(second?.hostname).toBe("db-2");
    expect(second?.machine?.awsInstanceId).not.toBe(first?.machine?.awsInstanceId);
    expect(third).not.toHaveProperty("origin");
    expect(third?.machine?.disks?.map(({ deviceName }) => deviceName)).toEqual(["c:0", "c:1"]);
    expect(fourth).not.toHaveProperty("machine");
  });

  it("names every server of a set or none, and origins where AWS can fail back to", () => {
    const set = (text: string): string => `  - { ${lane}, fleet: [{ count: 2, ${text} }] }`;
    const origin = 'account: "444455556666"';
    expect(
      problemsIn(`lanes:
${set("hostnames: [db-1]")}
`),
    ).toEqual([
      "2: lanes[0].fleet[0].hostnames must be one for each server of the set (2), got 1. Name each server, or leave them out.",
    ]);
    expect(problemsIn(`lanes:\n${set(`origin: { ${origin}, region: us-gov-east-1 }`)}\n`)).toEqual([
      '2: lanes[0].fleet[0].origin.region must be a Region of the partition of eu-west-1 (aws), got "us-gov-east-1". Choose a Region of it.',
    ]);
    const wrongZone = `origin: { ${origin}, region: us-east-1, availabilityZone: us-west-2a }`;
    expect(problemsIn(`lanes:\n${set(wrongZone)}\n`)).toEqual([
      '2: lanes[0].fleet[0].origin.availabilityZone must be an Availability Zone of us-east-1, got "us-west-2a". Write it as "us-east-1a", or leave it out.',
    ]);
    expect(
      problemsIn(`lanes:\n${set("machine: { operatingSystem: bsd, diskGibibytes: [] }")}\n`),
    ).toEqual([
      '2: lanes[0].fleet[0].machine.operatingSystem must be linux or windows, got "bsd". Choose one of both.',
      expect.stringContaining("diskGibibytes must be a list of 1 to 60 sizes of disks"),
    ]);
  });

  it("makes up the same ids every time, and others in other lanes", () => {
    const text = (region: string): string =>
      `lanes: [{ account: "111122223333", region: ${region}, fleet: [{ count: 3 }] }]`;
    const ids = fleetIn(text("eu-west-1")).servers.map(({ server }) => server);
    expect(ids.every((id) => /^s-[0-9a-f]{17}$/.test(id))).toBe(true);
    expect(fleetIn(text("eu-west-1")).servers.map(({ server }) => server)).toEqual(ids);
    const others = fleetIn(text("us-east-1")).servers.map(({ server }) => server);
    expect(new Set([...ids, ...others]).size).toBe(6);
  });

  it("may be JSON", () => {
    const lanes = [{ account: "111122223333", region: "eu-west-1", fleet: [{ count: 2 }] }];
    expect(fleetIn(JSON.stringify({ lanes }, null, "\t")).servers).toHaveLength(2);
  });

  it("is refused with all its problems at once, each with its line", () => {
    const text = `lanes:
  - account: 111122223333
    region: eu-west-9
    fleet:
      - count: 2
        servers: [s-00000000000000001]
        replicationstate: CONTINUOUS
  - { ${lane}, fleet: [{ tags: {} }], quotas: { jobsPerServer: 2, concurrentJobs: -1 } }
  - { ${lane}, fleet: [{ servers: [s-00000000000000002], lagSeconds: 1.5 }] }
  - { ${lane}, fleet: [{ servers: [s-00000000000000003, s-00000000000000003] }] }
  - { ${lane} }
`;
    expect(problemsIn(text)).toEqual([
      '2: lanes[0].account must be the 12 digits of an AWS account, in quotes, got the number 111122223333. Put it in quotes: "111122223333".',
      '3: lanes[0].region must be a Region that AWS Elastic Disaster Recovery serves, got "eu-west-9". Write "eu-west-1".',
      expect.stringMatching(
        /^7: lanes\[0\].fleet\[0\].replicationstate must be one of the keys .*"replicationstate"\. Write "replicationState"\.$/,
      ),
      expect.stringMatching(/^8: lanes\[1\].quotas.jobsPerServer must be one of the keys /),
      "8: lanes[1].quotas.concurrentJobs must be a whole number, 0 to 100000 jobs, got -1. Choose one within these bounds.",
      "9: lanes[2].fleet[0].lagSeconds must be a whole number, 0 to 2592000 seconds, got 1.5. Choose one within these bounds.",
      '10: lanes[3].fleet[0].servers[1] must be different from lanes[3].fleet[0].servers[0], got "s-00000000000000003". Declare each server once.',
      '11: lanes[4] must be another lane than lanes[3], got "111122223333/eu-west-1". Declare the lane once, with all its servers.',
    ]);
  });

  it("says which staging accounts trust a lane's account, and which servers are extended into it", () => {
    const { servers, stagingTrusts, launchSeconds } = fleetIn(`
lanes:
  - { account: "111122223333", region: eu-west-1, staging: [{ account: "444455556666", extended: all }, { account: "777788889999" }] }
  - { account: "444455556666", region: eu-west-1, fleet: [{ count: 2, tags: { Tier: db }, launchSeconds: 900 }] }
  - { account: "777788889999", region: eu-west-1 }
`);
    const [first, second] = servers;
    expect(servers.slice(2)).toMatchObject([
      {
        lane: "111122223333/eu-west-1",
        tags: { Tier: "db" },
        hostname: first?.hostname,
        extends: { lane: "444455556666/eu-west-1", server: first?.server },
      },
      { extends: { server: second?.server } },
    ]);
    expect(launchSeconds.get(servers[3]?.server ?? "")).toBe(900);
    expect(stagingTrusts).toEqual([
      { staging: "444455556666", target: "111122223333" },
      { staging: "777788889999", target: "111122223333" },
    ]);
  });

  it("extends from lanes of other accounts in the Region alone, and servers that they name", () => {
    const other = 'account: "444455556666"';
    const from = (text: string): string => `staging: [{ account: ${text} }]`;
    expect(
      problemsIn(`lanes:
  - { ${lane}, ${from('"111122223333"')} }
  - { ${other}, region: eu-west-1, fleet: [{ servers: [s-00000000000000001] }] }
  - { account: "222233334444", region: us-east-1, ${from('"444455556666"')} }
  - { account: "222233334444", region: eu-west-1, ${from('"444455556666", extended: [s-00000000000000009, s-00000000000000001]')} }
  - { account: "777788889999", region: eu-west-1, ${from('"444455556666", extended: some')} }
`),
    ).toEqual([
      '2: lanes[0].staging[0].account must be the account of another lane in eu-west-1, got "111122223333". Declare that lane too.',
      '4: lanes[2].staging[0].account must be the account of another lane in us-east-1, got "444455556666". Declare that lane too.',
      '5: lanes[3].staging[0].extended[0] must be a server that account 444455556666 names in eu-west-1, got "s-00000000000000009". Name it among its servers first.',
      '6: lanes[4].staging[0].extended must be a list of server ids, or "all", got "some". Name servers of the staging account, or leave it out to extend none.',
    ]);
  });

  it("gives errors of replication to stalled servers alone", () => {
    const stalled = "{ count: 1, replicationState: STALLED, replicationError: NOT_CONVERGING }";
    const { servers } = fleetIn(`lanes: [{ ${lane}, fleet: [${stalled}] }]`);
    expect(servers).toMatchObject([{ replicationError: "NOT_CONVERGING" }]);
    const healthy = "{ count: 1, replicationError: NOT_CONVERGING }";
    expect(problemsIn(`lanes: [{ ${lane}, fleet: [${healthy}] }]`)).toEqual([
      '1: lanes[0].fleet[0].replicationError must be absent in state "CONTINUOUS", got "NOT_CONVERGING". Make it STALLED.',
    ]);
  });

  it("must say of each set either how many or which", () => {
    const sets = "fleet: [{ count: 1, servers: [s-00000000000000001] }, { tags: {} }]";
    expect(problemsIn(`lanes: [{ ${lane}, ${sets} }]`)).toEqual([
      "1: lanes[0].fleet[0] must be given either count or servers, got both. Remove count: the ids are the count.",
      "1: lanes[0].fleet[1] must be given either count or servers, got neither. Add count, or the ids as servers.",
    ]);
  });

  it.each([
    [
      "",
      "1: fleet.yaml must be a fleet file or an environment file, got an empty file. Start from examples/emulated-fleet/fleet.yaml.",
    ],
    [
      "lanes: []",
      "1: lanes must be a list of at least one lane, got an empty list. Add one, with its account and region.",
    ],
    ["{}", "1: lanes must be a list of at least one lane, got nothing. Add lanes to the file."],
    [
      "- a",
      "1: fleet.yaml must be a mapping with the keys lanes, switches and eventBridge, got a list. Write each key on a line of its own, indented by two spaces.",
    ],
  ])("that reads %j is refused", (text, problem) => {
    expect(problemsIn(text)).toEqual([problem]);
  });

  it("that is not there is refused", () => {
    const loaded = loadFleet(join(folder, "none.yaml"));
    expect(loaded).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining("got no such file") }],
    });
  });
});

describe("an environment file", () => {
  it("is known by what is in it, and gives the fleet that it declares", () => {
    const loaded = loadFleet("examples/six-servers/environment.yaml");
    if (!loaded.ok) throw new Error("the example must hold");
    const { servers, lanes } = loaded.fleet;
    expect(lanes).toEqual(["555566667777/us-east-1"]);
    expect(servers).toHaveLength(6);
    expect(servers[0]).toMatchObject({ lane: "555566667777/us-east-1" });
  });

  it("is refused by its own rules", () => {
    const text = readFileSync("examples/six-servers/environment.yaml", "utf8");
    const [problem] = problemsIn(text.replace(/^plans:/m, "plan:"));
    expect(problem).toContain('Write "plans".');
  });
});
