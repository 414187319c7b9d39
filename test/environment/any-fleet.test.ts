import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupBy } from "../../runtime/core/group-by.js";
import { laneKey } from "../../runtime/core/lane.js";
import { waveSelects } from "../../runtime/core/recovery/selection.js";
import type { DeclaredWave, FleetSource } from "../../runtime/environment/demand.js";
import { protectionGroup, recoveryWave } from "../../runtime/environment/documents.js";
import { declaredFleet } from "../../runtime/environment/fleet.js";
import { wave } from "./wave.js";

const regions = ["us-east-1", "us-west-2", "eu-west-1"] as const;
const tiers = ["tier-1", "tier-2", "tier-3"];

/** Estates whose waves are told apart by their tier, with and without declared fleets. */
const anyEstate: fc.Arbitrary<FleetSource> = fc
  .record({
    name: fc.stringMatching(/^[a-z]{1,8}$/),
    lanes: fc.array(
      fc.record({
        servers: fc.nat(40),
        isDeclared: fc.boolean(),
        tags: fc.constantFrom({}, { Env: "prod" }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    waves: fc.integer({ min: 1, max: 3 }),
    plans: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ name, lanes, waves, plans }) => {
    const at = (index: number) => ({
      account: String(100_000_000_000 + Math.floor(index / regions.length)),
      region: regions[index % regions.length] ?? "us-east-1",
    });
    const byAccount = groupBy(
      lanes.map((declared, index) => ({ ...declared, ...at(index) })),
      ({ account }) => account,
    );
    return {
      name,
      accounts: [...byAccount].map(([id, here]) => ({
        id,
        name: `a${id}`,
        lanes: here.map(({ region, servers, isDeclared, tags }) => ({
          region,
          servers,
          ...(isDeclared && {
            fleet: [{ count: servers, tags, spread: { tag: "Tier", prefix: "tier-", values: 3 } }],
          }),
        })),
      })),
      groups: [{ name: "all", members: lanes.map(({ tags }, index) => ({ ...at(index), tags })) }],
      plans: Array.from({ length: plans }, (_, plan) => ({
        name: `p${plan}`,
        waves: tiers.slice(0, waves).map((tier) => wave(tier, "all", { tags: { Tier: tier } })),
      })),
    };
  });

describe("the declared fleet of any estate", () => {
  it("holds as many servers in every lane as the lane declares", () => {
    fc.assert(
      fc.property(anyEstate, (source) => {
        const byLane = groupBy(declaredFleet(source), (server) => laneKey(server.lane));
        for (const { id: account, lanes } of source.accounts) {
          for (const { region, servers } of lanes) {
            expect(byLane.get(laneKey({ account, region }))?.length ?? 0).toBe(servers);
          }
        }
      }),
    );
  });

  it("has ids of DRS's shape, each once, and host names that DNS takes, each once", () => {
    fc.assert(
      fc.property(anyEstate, (source) => {
        const fleet = declaredFleet(source);
        for (const { server, hostname } of fleet) {
          expect(server).toMatch(/^s-[0-9a-zA-Z]{17}$/);
          expect(hostname).toMatch(/^[a-z0-9-]{1,63}$/);
        }
        expect(new Set(fleet.map(({ server }) => server)).size).toBe(fleet.length);
        expect(new Set(fleet.map(({ hostname }) => hostname)).size).toBe(fleet.length);
      }),
    );
  });

  it("is the same on every run", () => {
    fc.assert(
      fc.property(anyEstate, (source) => {
        expect(declaredFleet(structuredClone(source))).toEqual(declaredFleet(source));
      }),
    );
  });

  it("keeps its ids when a lane grows", () => {
    fc.assert(
      fc.property(anyEstate, (source) => {
        const [first, ...others] = source.accounts;
        if (first === undefined) return;
        const lanes = first.lanes.map(({ region, servers }) => ({ region, servers: servers + 1 }));
        const grown = declaredFleet({ ...source, accounts: [{ ...first, lanes }, ...others] });
        const ids = new Set(grown.map(({ server }) => server));
        expect(declaredFleet(source).every(({ server }) => ids.has(server))).toBe(true);
      }),
    );
  });

  it("gives every wave servers in a lane that has one for each, and no server to two waves", () => {
    fc.assert(
      fc.property(anyEstate, (source) => {
        const byLane = groupBy(declaredFleet(source), (server) => laneKey(server.lane));
        for (const { waves } of source.plans) {
          for (const servers of byLane.values()) {
            const wanting = servers.map(
              (server) => waves.filter((declared) => selectsIn(source, declared, server)).length,
            );
            expect(wanting.every((count) => count <= 1)).toBe(true);
            if (servers.length < tiers.length) continue;
            for (const declared of waves) {
              expect(servers.some((server) => selectsIn(source, declared, server))).toBe(true);
            }
          }
        }
      }),
    );
  });

  it("of 100,000 servers takes well under a second", () => {
    const lanes = Array.from({ length: 10 }, (_, index) => ({
      id: String(100_000_000_000 + index),
      name: `account-${index}`,
      lanes: [{ region: "us-east-1" as const, servers: 10_000 }],
    }));
    const members = lanes.map(({ id }) => ({
      account: id,
      region: "us-east-1" as const,
      tags: {},
    }));
    const waves = tiers.map((tier) => wave(tier, "all", { tags: { Tier: tier } }));
    const source: FleetSource = {
      name: "large",
      accounts: lanes,
      groups: [{ name: "all", members }],
      plans: [{ name: "p", waves }],
    };

    const startedAt = performance.now();
    const fleet = declaredFleet(source);

    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(fleet.length).toBe(100_000);
  });
});

function selectsIn(
  source: FleetSource,
  declared: DeclaredWave,
  server: ReturnType<typeof declaredFleet>[number],
): boolean {
  const group = source.groups.find(({ name }) => name === declared.group);
  const tags = { ...declared.tags };
  const servers = declared.servers && { servers: [...declared.servers] };
  const whole = recoveryWave(wave("any", declared.group, { tags, ...servers }));
  return group !== undefined && waveSelects(whole, protectionGroup(group), server);
}
