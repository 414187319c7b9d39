import { describe, expect, it } from "vitest";
import { fleetBelowCritical } from "../../../policies/drs-limits/fleet-below-critical.js";
import { fleetBelowWarning } from "../../../policies/drs-limits/fleet-below-warning.js";
import { fleetWithinQuota } from "../../../policies/drs-limits/fleet-within-quota.js";
import { sourceServersWithinQuota } from "../../../policies/drs-limits/source-servers-within-quota.js";
import type { Rule } from "../../../policies/rule.js";
import { lane, spokeOf } from "../contracts.js";
import { showResource, showStack, uncheckedAdvisory, unknown } from "../in-process.js";

const beyondQuota = (got: number) =>
  `mandatory: lanes[0].declaredServers must be at most 300 replicating servers in ${lane}, got ${got}. ` +
  "Open another lane, in another account or Region: AWS does not raise this quota (L-C1D14A2B).";

const atWarning = (got: number) =>
  `advisory: lanes[0].declaredServers must be below the warning threshold of 250 servers in ${lane}, ` +
  `got ${got}. Plan the next lane now, or raise capacity.warnAtServers: the alarm would stand from ` +
  "the first day.";

const atCritical = (got: number, left: number) =>
  `advisory: lanes[0].declaredServers must be below the critical threshold of 280 servers in ${lane}, ` +
  `got ${got}. Open the next lane: ${left} more servers fit here.`;

const cases: readonly [Rule, number | undefined, readonly string[]][] = [
  [fleetWithinQuota, 0, []],
  [fleetWithinQuota, 299, []],
  [fleetWithinQuota, 300, []],
  [fleetWithinQuota, 301, [beyondQuota(301)]],
  [fleetWithinQuota, undefined, []],
  [fleetBelowWarning, 249, []],
  [fleetBelowWarning, 250, [atWarning(250)]],
  [fleetBelowWarning, 251, [atWarning(251)]],
  [fleetBelowWarning, 279, [atWarning(279)]],
  [fleetBelowWarning, 280, []],
  [fleetBelowWarning, undefined, []],
  [fleetBelowCritical, 279, []],
  [fleetBelowCritical, 280, [atCritical(280, 20)]],
  [fleetBelowCritical, 281, [atCritical(281, 19)]],
  [fleetBelowCritical, 300, [atCritical(300, 0)]],
  [fleetBelowCritical, 301, []],
  [fleetBelowCritical, undefined, []],
];

describe("the fleet that a spoke declares for a lane", () => {
  it.each(cases.map(([rule, servers, said]) => ({ name: rule.name, rule, servers, said })))(
    "$name with $servers servers",
    async ({ rule, servers, said }) => {
      expect(await showResource(rule, spokeOf(servers))).toEqual(said);
    },
  );

  it.each([fleetWithinQuota, fleetBelowWarning, fleetBelowCritical])(
    "$name says what it cannot check at preview",
    async (rule) => {
      expect(await showResource(rule, spokeOf(unknown))).toEqual([
        uncheckedAdvisory(rule, "lanes"),
      ]);
    },
  );

  it.each([
    { rule: fleetBelowWarning, path: "warnAtServers" },
    { rule: fleetBelowCritical, path: "criticalAtServers" },
  ])("$rule.name says that its threshold is unknown at preview", async ({ rule, path }) => {
    const spoke = spokeOf(300, { [path]: unknown });

    expect(await showResource(rule, spoke)).toEqual([uncheckedAdvisory(rule, path)]);
  });

  it("is compared with the default thresholds where none are given", async () => {
    const { props, type } = spokeOf(280);
    const { warnAtServers: _warn, criticalAtServers: _critical, ...rest } = props;

    expect(await showResource(fleetBelowCritical, { type, props: rest })).toHaveLength(1);
  });

  it("is nothing of another component's", async () => {
    const other = { ...spokeOf(9_999), type: "other:index:Component" };

    expect(await showResource(fleetWithinQuota, other)).toEqual([]);
  });
});

describe("what all spokes of a stack declare for one lane", () => {
  const stack = (...servers: readonly unknown[]) =>
    servers.map((count, index) => ({ ...spokeOf(count), name: `spoke-${index}` }));

  it.each([
    { servers: [150, 149], said: [] },
    { servers: [150, 150], said: [] },
    {
      servers: [150, 151],
      said: [
        `mandatory: declaredServers of 2 declarations must be at most 300 replicating servers in ${lane}, ` +
          "got 301. Open another lane, in another account or Region: AWS does not raise this quota (L-C1D14A2B).",
      ],
    },
    { servers: [301], said: [] },
    { servers: [], said: [] },
  ])("dr-fleet-within-quota adds up $servers", async ({ servers, said }) => {
    expect(await showStack(fleetWithinQuota, stack(...servers))).toEqual(said);
  });

  const beyond = (got: number) =>
    `mandatory: declaredServers must be at most 4000 source servers in ${lane}, got ${got}. Open another ` +
    "lane; whether AWS raises this quota (L-E28BE5E0), its own page says both ways.";

  it.each([
    { servers: [3_999], said: [] },
    { servers: [4_000], said: [] },
    { servers: [4_001], said: [beyond(4_001)] },
    { servers: [2_000, 2_001], said: [beyond(4_001)] },
    { servers: [undefined], said: [] },
  ])("dr-source-servers-within-quota adds up $servers", async ({ servers, said }) => {
    expect(await showStack(sourceServersWithinQuota, stack(...servers))).toEqual(said);
  });

  it("is reported as far as it is known at preview, with what is not", async () => {
    const said = await showStack(sourceServersWithinQuota, stack(4_001, unknown));

    expect(said).toEqual([
      beyond(4_001),
      uncheckedAdvisory(sourceServersWithinQuota, "spoke-1.lanes"),
    ]);
  });
});
