import { describe, expect, it } from "vitest";
import type { GroupMember, ProtectionGroup, Wave } from "../../../runtime/core/recovery/plan.js";
import { memberSelects, waveSelects } from "../../../runtime/core/recovery/selection.js";

const lane = { account: "111111111111", region: "us-east-1" };
const server = { lane, server: "s-11111111111111111", tags: { Env: "prod", Tier: "web" } };

describe("a member of a group", () => {
  it.each<[string, GroupMember, boolean]>([
    ["all of whose tags it carries", { ...lane, tags: { Env: "prod", Tier: "web" } }, true],
    ["that asks for no tag", { ...lane, tags: {} }, true],
    ["that names it", { ...lane, servers: [server.server] }, true],
    ["one of whose tags it lacks", { ...lane, tags: { Env: "prod", App: "a" } }, false],
    ["one of whose tags differs", { ...lane, tags: { Tier: "db" } }, false],
    ["that asks for what every object has", { ...lane, tags: { constructor: "" } }, false],
    ["that names others", { ...lane, servers: ["s-22222222222222222"] }, false],
    ["of another Region", { ...lane, region: "us-west-2", tags: {} }, false],
    ["of another account", { ...lane, account: "222222222222", tags: {} }, false],
    ["that says neither tags nor servers", lane, false],
  ])("%s: does it hold a server?", (_title, member, holds) => {
    expect(memberSelects(member, server)).toBe(holds);
  });
});

describe("a wave", () => {
  const group: ProtectionGroup = { name: "g", members: [{ ...lane, tags: { Env: "prod" } }] };
  const wave: Wave = {
    name: "w",
    group: "g",
    dependsOn: [],
    failedAtMostPercent: 0,
    deadlineMinutes: 120,
    expectedLaunchSeconds: 600,
  };

  it("without tags and ids takes its whole group, and nothing outside it", () => {
    expect(waveSelects(wave, group, server)).toBe(true);
    expect(waveSelects(wave, group, { ...server, tags: { Tier: "web" } })).toBe(false);
  });

  it("narrows its group by tags, by ids, and by both together", () => {
    const selects = (narrowing: Partial<Wave>) =>
      waveSelects({ ...wave, ...narrowing }, group, server);

    expect(selects({ tags: { Tier: "web" } })).toBe(true);
    expect(selects({ tags: { Tier: "db" } })).toBe(false);
    expect(selects({ servers: [server.server] })).toBe(true);
    expect(selects({ servers: [] })).toBe(false);
    expect(selects({ servers: [server.server], tags: { Tier: "db" } })).toBe(false);
  });
});
