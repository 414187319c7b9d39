import { beforeEach, describe, expect, it } from "vitest";
import { laneOf } from "../../runtime/core/lane.js";
import type { Estate, Library } from "../../runtime/core/ports.js";
import type { ProtectionGroup, RecoveryPlan } from "../../runtime/core/recovery/plan.js";
import { dataManagementHandler } from "../../runtime/handlers/data-management.js";
import { laneA, laneB } from "../support/execution/build.js";
import { planWave } from "../support/execution/handler-bench.js";
import { memoryDocuments } from "../support/execution/memory-library.js";

const group: ProtectionGroup = { name: "shop", members: [{ ...laneOf(laneA), tags: {} }] };
const plan: RecoveryPlan = {
  name: "recover-shop",
  objectives: { rtoMinutes: 60, rpoMinutes: 15 },
  waves: [planWave("web", { group: "shop", tags: {} })],
  reserve: { jobs: 0, servers: 0 },
  pacingSeconds: 0,
};
const deployed: ProtectionGroup = { ...group, name: "deployed" };

const estate: Estate = {
  lanes: async () => [{ ...laneOf(laneA), accountName: "shop", declaredServers: 10 }],
};

let library: Library;
let handle: (event: unknown) => Promise<object>;

beforeEach(() => {
  library = {
    groups: memoryDocuments<ProtectionGroup>([
      { revision: 4, managedBy: "pulumi", document: deployed },
    ]),
    plans: memoryDocuments<RecoveryPlan>(),
  };
  handle = dataManagementHandler({ library, estate });
});

const putGroup = (document: object, revision = 0) =>
  handle({ operation: "put-group", document, revision });
const putPlan = (document: object, revision = 0) =>
  handle({ operation: "put-plan", document, revision });

describe("a group or a plan", () => {
  it("is created at revision 0, read under its revision, changed under it, and removed", async () => {
    expect(await putGroup(group)).toEqual({ name: "shop", revision: 1 });
    expect(await putPlan(plan)).toEqual({ name: "recover-shop", revision: 1 });
    expect(await handle({ operation: "get-plan", name: "recover-shop" })).toEqual({
      revision: 1,
      managedBy: "operator",
      document: plan,
    });
    const slower = { ...plan, pacingSeconds: 60 };
    expect(await putPlan(slower, 1)).toEqual({ name: "recover-shop", revision: 2 });
    expect(await handle({ operation: "list-plans" })).toEqual({
      plans: [{ revision: 2, managedBy: "operator", document: slower }],
    });
    const gone = { operation: "delete-plan", name: "recover-shop", revision: 2 };
    expect(await handle(gone)).toEqual({ name: "recover-shop" });
    expect(await handle({ operation: "list-plans" })).toEqual({ plans: [] });
  });

  it("is listed with its revision, and with whom it is managed by", async () => {
    expect(await handle({ operation: "list-groups" })).toEqual({
      groups: [{ revision: 4, managedBy: "pulumi", document: deployed }],
    });
  });

  it("that does not exist is an error that says so", async () => {
    await expect(handle({ operation: "get-group", name: "none" })).rejects.toMatchObject({
      code: "not-found",
      message: 'There is no group "none".',
    });
  });
});

describe("a change under another revision than the present one", () => {
  it.each([0, 2])("is refused, be it of revision %i, and nothing is changed", async (revision) => {
    await putGroup(group);
    await expect(putGroup({ ...group, members: [] }, revision)).rejects.toThrow();
    const other = { ...group, members: [{ ...laneOf(laneA), tags: { Tier: "db" } }] };
    await expect(putGroup(other, revision)).rejects.toMatchObject({
      code: "stale-revision",
      message: `revision must be the present one of group "shop", got ${revision}; nothing was changed. Read it again and repeat the change.`,
    });
    const removal = { operation: "delete-group", name: "shop", revision };
    await expect(handle(removal)).rejects.toMatchObject({ code: "stale-revision" });
    expect((await library.groups.get("shop"))?.document).toEqual(group);
  });

  it("is refused too when another writes between the read and the write", async () => {
    await putGroup(group);
    const { groups } = library;
    const racing = dataManagementHandler({
      estate,
      library: {
        ...library,
        groups: {
          ...groups,
          async put(document, expected) {
            await groups.put(document, expected);
            return groups.put(document, expected);
          },
        },
      },
    });
    const change = { operation: "put-group", document: group, revision: 1 };
    await expect(racing(change)).rejects.toMatchObject({ code: "stale-revision" });
  });
});

describe("a document that a deployment wrote", () => {
  it.each([
    ["put-group", { document: deployed }],
    ["delete-group", { name: "deployed" }],
  ])("is not touched by %s: the next deployment would undo it", async (operation, more) => {
    await expect(handle({ operation, revision: 4, ...more })).rejects.toMatchObject({
      code: "managed-by-pulumi",
      message:
        'group "deployed" is managed by Pulumi; nothing was changed. Change the environment file and deploy it.',
    });
  });
});

describe("a group that plans use", () => {
  it("is not removed, and the refusal names them", async () => {
    await putGroup(group);
    await putPlan(plan);
    await putPlan({ ...plan, name: "another" });
    const removal = { operation: "delete-group", name: "shop", revision: 1 };
    await expect(handle(removal)).rejects.toMatchObject({
      code: "in-use",
      message:
        'Group "shop" is used by plan "another", "recover-shop"; nothing was removed. Change those plans first.',
    });
    expect(await library.groups.get("shop")).toBeDefined();
  });
});

describe("a document that is wrong", () => {
  it("is refused with everything that is wrong with a group at once", async () => {
    const members = [
      { ...laneOf(laneB), tags: {} },
      { ...laneOf(laneA), tags: {}, servers: ["s-12345678901234567"] },
      laneOf(laneA),
    ];
    const one = "must give exactly one of tags and servers. Leave one of them out.";
    await expect(putGroup({ name: "shop", members })).rejects.toMatchObject({
      code: "invalid-request",
      message: `The document was refused; nothing was changed. members[0] must name a lane of the estate, got "${laneB}". Declare the lane, or correct group "shop". members[1] ${one} members[2] ${one}`,
    });
  });

  it("is refused with everything that is wrong with a plan at once", async () => {
    await putGroup(group);
    const waves = [
      planWave("web", { group: "none", tags: {} }),
      planWave("web", { group: "shop", tags: {}, dependsOn: ["gone"] }),
      planWave("loop", { group: "shop", tags: {}, dependsOn: ["loop"] }),
    ];
    await expect(putPlan({ ...plan, waves })).rejects.toMatchObject({
      code: "invalid-request",
      message:
        'The document was refused; nothing was changed. waves[0].group must name a group, got "none". Create the group first. waves[1].name must be unique, got "web". Choose another name. waves[1].dependsOn must name waves of the plan, got "gone". Correct it. dependsOn must have no cycle, got one through "loop". Break it.',
    });
  });

  it("is refused by its shape before anything is looked up, with every path that is wrong", async () => {
    const wave = { ...planWave("web"), deadlineMinutes: 5, dependsOn: "none", extra: true };
    const wrong = { ...plan, waves: [wave], objectives: { rtoMinutes: 0, rpoMinutes: 1.5 } };
    await expect(putPlan(wrong)).rejects.toMatchObject({
      code: "invalid-request",
      message: expect.stringMatching(
        /nothing was done.*objectives\.rtoMinutes:.*rpoMinutes:.*waves\.0\.dependsOn:.*deadlineMinutes:.*extra/s,
      ),
    });
  });

  it("is refused when it asks for an operation that there is not", async () => {
    await expect(handle({ operation: "drop-everything" })).rejects.toMatchObject({
      code: "invalid-request",
    });
    await expect(handle(undefined)).rejects.toMatchObject({ code: "invalid-request" });
  });
});
