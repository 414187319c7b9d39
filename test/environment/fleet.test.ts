import { describe, expect, it } from "vitest";
import { groupBy } from "../../runtime/core/group-by.js";
import { type LaneKey, laneKey } from "../../runtime/core/lane.js";
import type { FleetSource } from "../../runtime/environment/demand.js";
import { declaredFleet } from "../../runtime/environment/fleet.js";
import type { WaveDeclaration } from "../../runtime/environment/schema.js";
import { wave } from "./wave.js";

const idA = "s-aaaaaaaaaaaaaaaaa";
const idB = "s-bbbbbbbbbbbbbbbbb";
const idC = "s-ccccccccccccccccc";

const lane = { account: "111111111111", region: "us-east-1" } as const;
const otherLane = { account: "222222222222", region: "eu-west-1" } as const;

/** Two lanes, one group over both, and the given waves. */
function estate(
  servers: number,
  waves: readonly WaveDeclaration[],
  member: Pick<FleetSource["groups"][number]["members"][number], "tags" | "servers"> = { tags: {} },
): FleetSource {
  return {
    name: "estate",
    accounts: [
      { id: lane.account, name: "shop", lanes: [{ region: lane.region, servers }] },
      { id: otherLane.account, name: "bank", lanes: [{ region: otherLane.region, servers }] },
    ],
    groups: [
      {
        name: "all",
        members: [
          { ...lane, ...member },
          { ...otherLane, tags: { Env: "prod" } },
        ],
      },
    ],
    plans: [{ name: "everything", waves: [...waves] }],
  };
}

function tagsByLane(source: FleetSource): ReadonlyMap<LaneKey, readonly unknown[]> {
  const fleet = declaredFleet(source);
  return new Map(
    [...groupBy(fleet, (server) => laneKey(server.lane))].map(([key, servers]) => [
      key,
      servers.map(({ tags }) => tags),
    ]),
  );
}

describe("a lane that declares its fleet", () => {
  const source: FleetSource = {
    name: "estate",
    accounts: [
      {
        id: lane.account,
        name: "shop",
        lanes: [
          {
            region: lane.region,
            servers: 5,
            fleet: [
              {
                count: 3,
                tags: { Tier: "web" },
                spread: { tag: "App", prefix: "app-", values: 2 },
              },
              { servers: [idA, idB], tags: { Tier: "db" } },
            ],
          },
        ],
      },
    ],
    groups: [],
    plans: [],
  };

  it("holds just that: counts, tags dealt in turn, ids as they are", () => {
    expect(declaredFleet(source)).toEqual([
      {
        server: "s-8779de25b40000001",
        lane,
        tags: { Tier: "web", App: "app-1" },
        hostname: "shop-us-east-1-0001",
      },
      {
        server: "s-8779de25b40000002",
        lane,
        tags: { Tier: "web", App: "app-2" },
        hostname: "shop-us-east-1-0002",
      },
      {
        server: "s-8779de25b40000003",
        lane,
        tags: { Tier: "web", App: "app-1" },
        hostname: "shop-us-east-1-0003",
      },
      { server: idA, lane, tags: { Tier: "db" }, hostname: "shop-us-east-1-0004" },
      { server: idB, lane, tags: { Tier: "db" }, hostname: "shop-us-east-1-0005" },
    ]);
  });

  it("has other ids in an environment of another name", () => {
    const here = declaredFleet(source)[0]?.server;

    expect(declaredFleet({ ...source, name: "copy" })[0]?.server).not.toBe(here);
  });
});

describe("a lane that declares no fleet", () => {
  it("has its servers dealt evenly over the waves, with the tags of group and wave", () => {
    const waves = [
      wave("db", "all", { tags: { Tier: "db" } }),
      wave("web", "all", { tags: { Tier: "web" } }),
    ];

    expect(tagsByLane(estate(3, waves))).toEqual(
      new Map([
        [laneKey(lane), [{ Tier: "db" }, { Tier: "web" }, { Tier: "db" }]],
        [
          laneKey(otherLane),
          [
            { Env: "prod", Tier: "db" },
            { Env: "prod", Tier: "web" },
            { Env: "prod", Tier: "db" },
          ],
        ],
      ]),
    );
  });

  it("has none for a wave that others fill already, or that contradicts its group", () => {
    const waves = [
      wave("all", "all"),
      wave("web", "all", { tags: { Tier: "web" } }),
      wave("test", "all", { tags: { Env: "test" } }),
    ];

    expect(tagsByLane(estate(2, waves)).get(laneKey(otherLane))).toEqual([
      { Env: "prod", Tier: "web" },
      { Env: "prod", Tier: "web" },
    ]);
  });

  it("holds the servers that its group names, dealt over the waves", () => {
    const waves = [
      wave("db", "all", { tags: { Tier: "db" } }),
      wave("web", "all", { tags: { Tier: "web" } }),
    ];
    const here = declaredFleet(estate(3, waves, { servers: [idA, idB] })).slice(0, 3);

    expect(here.map(({ server, tags }) => [server, tags])).toEqual([
      [idA, { Tier: "db" }],
      [idB, { Tier: "web" }],
      [expect.stringMatching(/^s-[0-9a-f]{17}$/), {}],
    ]);
  });

  it("holds servers that waves name, dealt over the lanes of the group", () => {
    const waves = [
      wave("db", "all", { servers: [idA, idB] }),
      wave("web", "all", { servers: [idC] }),
    ];
    const named = declaredFleet(estate(2, waves)).filter(({ server }) =>
      [idA, idB, idC].includes(server),
    );

    expect(named.map(({ server, lane: { region }, tags }) => [server, region, tags])).toEqual([
      [idA, "us-east-1", {}],
      [idC, "us-east-1", {}],
      [idB, "eu-west-1", { Env: "prod" }],
    ]);
  });

  it("has servers without tags where no wave wants any", () => {
    expect(tagsByLane(estate(1, [])).get(laneKey(lane))).toEqual([{}]);
  });
});
