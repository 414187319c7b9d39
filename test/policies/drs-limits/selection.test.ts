import { describe, expect, it } from "vitest";
import { selectorsApart } from "../../../policies/drs-limits/selectors-apart.js";
import { serverInOneWave } from "../../../policies/drs-limits/server-in-one-wave.js";
import { groupOf, lane, planOf, waveOf } from "../contracts.js";
import { showStack, uncheckedAdvisory, unknown } from "../in-process.js";

type Selector = Readonly<Record<string, unknown>>;

const one = "s-00000000000000001";
const two = "s-00000000000000002";

/** Two groups of a member each, a wave for each, and what both narrow by. */
const stackOf = (first: Selector, second: Selector, narrowing: readonly Selector[] = [{}, {}]) => [
  groupOf("a", [first]),
  groupOf("b", [second]),
  planOf([
    waveOf("first", 1, { group: "a", ...narrowing[0] }),
    waveOf("second", 1, { group: "b", ...narrowing[1] }),
  ]),
];

const inBoth = (ids: string) =>
  `mandatory: waves "first" and "second" must select different servers, got ${ids} in both ` +
  `(groups "a" and "b" in ${lane}). Leave each in one.`;
const implied =
  'mandatory: waves "first" and "second" must select different servers, got selectors of which one holds ' +
  `all that the other selects (groups "a" and "b" in ${lane}). Narrow one of them.`;
const mayBoth =
  'advisory: waves "first" and "second" must select by values of the same tag, got selectors that one ' +
  `server can fulfil together (groups "a" and "b" in ${lane}). Add a tag that tells them apart.`;

const cases = [
  {
    what: "different ids",
    stack: stackOf({ servers: [one] }, { servers: [two] }),
    certain: [],
    possible: [],
  },
  {
    what: "one id in both",
    stack: stackOf({ servers: [one, two] }, { servers: [one] }),
    certain: [inBoth(`"${one}"`)],
    possible: [],
  },
  {
    what: "the same ids narrowed to different ones by the waves",
    stack: stackOf({ servers: [one, two] }, { servers: [one, two] }, [
      { servers: [one] },
      { servers: [two] },
    ]),
    certain: [],
    possible: [],
  },
  {
    what: "different values of one tag",
    stack: stackOf({ tags: { tier: "db" } }, { tags: { tier: "app" } }),
    certain: [],
    possible: [],
  },
  {
    what: "the same tags",
    stack: stackOf({ tags: { tier: "db" } }, { tags: { tier: "db" } }),
    certain: [implied],
    possible: [],
  },
  {
    what: "tags that imply those of the other",
    stack: stackOf({ tags: { app: "pay" } }, { tags: { app: "pay", tier: "db" } }),
    certain: [implied],
    possible: [],
  },
  {
    what: "every server, and one by its id",
    stack: stackOf({ tags: {} }, { servers: [one] }),
    certain: [inBoth(`"${one}"`)],
    possible: [],
  },
  {
    what: "one group narrowed to different values by the waves",
    stack: stackOf({ tags: {} }, { tags: {} }, [
      { tags: { tier: "db" } },
      { tags: { tier: "app" } },
    ]),
    certain: [],
    possible: [],
  },
  {
    what: "different tags",
    stack: stackOf({ tags: { app: "pay" } }, { tags: { tier: "db" } }),
    certain: [],
    possible: [mayBoth],
  },
  {
    what: "ids, and tags that they may carry",
    stack: stackOf({ servers: [one] }, { tags: { tier: "db" } }),
    certain: [],
    possible: [mayBoth],
  },
  {
    what: "the same tags in different Regions",
    stack: stackOf({ tags: {} }, { tags: {}, region: "eu-central-1" }),
    certain: [],
    possible: [],
  },
  {
    what: "a group that another stack keeps",
    stack: stackOf({ tags: {} }, { tags: {} }).slice(1),
    certain: [],
    possible: [],
  },
];

describe("two waves of a plan", () => {
  it.each(cases)("with $what", async ({ stack, certain, possible }) => {
    expect(await showStack(serverInOneWave, stack)).toEqual(certain);
    expect(await showStack(selectorsApart, stack)).toEqual(possible);
  });

  it("of one group without narrowing select the same servers", async () => {
    const stack = [
      groupOf("all", [{ tags: { app: "pay" } }]),
      planOf([waveOf("first", 1), waveOf("second", 1)]),
    ];

    expect(await showStack(serverInOneWave, stack)).toEqual([
      implied.replace('groups "a" and "b"', 'groups "all" and "all"'),
    ]);
  });

  it("of different plans may recover the same server", async () => {
    const stack = [
      groupOf("all", [{ servers: [one] }]),
      planOf([waveOf("first", 1)]),
      { ...planOf([waveOf("second", 1)]), name: "other" },
    ];

    expect(await showStack(serverInOneWave, stack)).toEqual([]);
  });

  it.each([serverInOneWave, selectorsApart])(
    "are uncheckable for $name at preview when a group is unknown",
    async (rule) => {
      const stack = [groupOf("a", unknown), planOf([waveOf("first", 1, { group: "a" })])];

      expect(await showStack(rule, stack)).toEqual([uncheckedAdvisory(rule, "a.members")]);
    },
  );

  it("that overlap are reported although another plan is unknown at preview", async () => {
    const stack = [
      { ...planOf(unknown), name: "other" },
      ...stackOf({ servers: [one] }, { servers: [one] }),
    ];

    expect(await showStack(serverInOneWave, stack)).toEqual([
      inBoth(`"${one}"`),
      uncheckedAdvisory(serverInOneWave, "other.waves"),
    ]);
  });
});
