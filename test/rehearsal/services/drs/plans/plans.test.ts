import { describe, expect, it } from "vitest";
import type { ServiceRequest } from "../../../../../runtime/rehearsal/services/service.js";
import { lane, region, serverIds, startBench } from "../../bench.js";
import { signedRequest } from "../../signed-request.js";
import { minutes, planCalls, serverArn, servers } from "./plan-calls.js";

const ofLane = { drs: { initialisedLanes: [lane] } };

describe("a recovery plan", () => {
  it("is created INVALID, read, changed, listed by pages and deleted", async () => {
    const { ask, refusal, createPlan } = planCalls(await startBench());
    const tags = { Owner: "shop" };
    const { recoveryPlan } = await ask("CreateRecoveryPlan", {
      name: "shop",
      description: "All of it",
      tags,
    });
    const { recoveryPlanArn } = recoveryPlan as { recoveryPlanArn: string };
    expect(recoveryPlanArn).toMatch(
      /^arn:aws:drs:eu-central-1:111122223333:recovery-plan\/plan-[0-9a-f]{17}$/,
    );
    expect(recoveryPlan).toMatchObject({
      name: "shop",
      description: "All of it",
      status: "INVALID",
      tags,
    });
    await ask("UpdateRecoveryPlan", { recoveryPlanArn, name: "new shop", description: "" });
    const read = (await ask("GetRecoveryPlan", { recoveryPlanArn })).recoveryPlan;
    expect(read).toMatchObject({ name: "new shop", description: "", tags });

    for (const name of ["b", "c"]) await createPlan(name);
    const first = await ask("ListRecoveryPlans", { maxResults: 2 });
    const second = await ask("ListRecoveryPlans", { maxResults: 2, nextToken: first.nextToken });
    const names = [first, second].map(({ recoveryPlans }) =>
      (recoveryPlans as readonly { name: string }[]).map(({ name }) => name),
    );
    expect(names).toEqual([["new shop", "b"], ["c"]]);
    expect(second).not.toHaveProperty("nextToken");

    expect(await ask("DeleteRecoveryPlan", { recoveryPlanArn })).toEqual({ recoveryPlanArn });
    expect(await refusal("GetRecoveryPlan", { recoveryPlanArn })).toMatchObject({
      status: 404,
      code: "ResourceNotFoundException",
    });
  });

  it("is refused without a name, with a name of another form, and with more than 1,000 a page", async () => {
    const { refusal } = planCalls(await startBench());
    const invalid = { status: 400, code: "ValidationException" };
    expect(await refusal("CreateRecoveryPlan", {})).toMatchObject(invalid);
    expect(await refusal("CreateRecoveryPlan", { name: "-shop" })).toMatchObject(invalid);
    expect(await refusal("ListRecoveryPlans", { maxResults: 1_001 })).toMatchObject(invalid);
    expect(await refusal("GetRecoveryPlan", { recoveryPlanArn: "shop" })).toMatchObject(invalid);
  });

  it("has a name that no other plan of its lane has, at creation and later", async () => {
    const { refusal, createPlan } = planCalls(await startBench());
    await createPlan("shop");
    const other = await createPlan("billing");
    const taken = { status: 409, code: "ConflictException" };
    expect(await refusal("CreateRecoveryPlan", { name: "shop" })).toMatchObject(taken);
    const renamed = { recoveryPlanArn: other, name: "shop" };
    expect(await refusal("UpdateRecoveryPlan", renamed)).toMatchObject(taken);
  });

  it("is made once by one client token, and another request under that token is refused", async () => {
    const { ask, refusal } = planCalls(await startBench());
    const body = { name: "shop", clientToken: "t-1" };
    const made = await ask("CreateRecoveryPlan", body);
    expect(await ask("CreateRecoveryPlan", body)).toEqual(made);
    const other = await refusal("CreateRecoveryPlan", { name: "billing", clientToken: "t-1" });
    expect(other).toMatchObject({ status: 409, code: "ConflictException" });
    expect((await ask("ListRecoveryPlans", {})).recoveryPlans).toHaveLength(1);
  });

  it("has no 1,001st beside it", async () => {
    const bench = await startBench();
    const { refusal, createPlan } = planCalls(bench);
    await createPlan("first");
    const [first] = bench.traced.slice(-1);
    for (let number = 2; number <= 1_000; number += 1) {
      const body = Buffer.from(JSON.stringify({ name: `plan ${number}` }));
      await bench.drs.answer({ ...(first?.request as ServiceRequest), body });
    }
    expect(await refusal("CreateRecoveryPlan", { name: "one more" })).toMatchObject({
      status: 402,
      code: "ServiceQuotaExceededException",
    });
  });

  it("takes tags, gives them up, and tells them by its ARN", async () => {
    const bench = await startBench();
    const plan = await planCalls(bench).createPlan("shop", { tags: { a: "1" } });
    const request = signedRequest(bench);
    const path = `/tags/${encodeURIComponent(plan)}`;
    await request("POST", path, JSON.stringify({ tags: { b: "2" } }));
    await request("DELETE", `${path}?tagKeys=a`);
    expect(await (await request("GET", path)).json()).toEqual({ tags: { b: "2" } });
  });

  it("does not exist where DRS was never used", async () => {
    const bench = await startBench({ fleet: [] });
    expect(await planCalls(bench).refusal("ListRecoveryPlans", {})).toMatchObject({
      status: 400,
      code: "UninitializedAccountException",
    });
  });

  it("can be seen, and not be started, while it is being deleted", async () => {
    const bench = await startBench({ drs: { planDeletionSeconds: 60 } });
    const { ask, refusal, planOf } = planCalls(bench);
    const recoveryPlanArn = await planOf("shop", servers(1));
    await ask("DeleteRecoveryPlan", { recoveryPlanArn });
    const { recoveryPlan } = await ask("GetRecoveryPlan", { recoveryPlanArn });
    expect(recoveryPlan).toMatchObject({ status: "ACTIVE" });
    const refused = await refusal("StartRecoveryPlanExecution", { recoveryPlanArn, mode: "DRILL" });
    const id = recoveryPlanArn.split("/")[1];
    expect(refused.message).toBe(`Cannot start execution: recovery plan ${id} is being deleted.`);
    await bench.pass(61);
    expect(await refusal("GetRecoveryPlan", { recoveryPlanArn })).toMatchObject({ status: 404 });
  });

  it("keeps its servers from being deleted", async () => {
    const bench = await startBench();
    const { ask, refusal, planOf } = planCalls(bench);
    const recoveryPlanArn = await planOf("shop", servers(1));
    const [sourceServerID = ""] = serverIds(1);
    await ask("DisconnectSourceServer", { sourceServerID });
    expect(await refusal("DeleteSourceServer", { sourceServerID })).toMatchObject({ status: 409 });
    await ask("DeleteRecoveryPlan", { recoveryPlanArn });
    await signedRequest(bench)("POST", "/DeleteSourceServer", JSON.stringify({ sourceServerID }));
    expect(bench.drs.servers(lane).map(({ server }) => server)).not.toContain(sourceServerID);
  });
});

describe("the steps of a recovery plan", () => {
  it("stand where stepOrder says, are renumbered by deletion, and listed by pages", async () => {
    const { ask, createPlan, addStep } = planCalls(await startBench(ofLane));
    const recoveryPlanArn = await createPlan();
    const last = await addStep(recoveryPlanArn, servers(1), { stepName: "web" });
    await addStep(recoveryPlanArn, servers(2), { stepName: "database", stepOrder: 1 });
    await addStep(recoveryPlanArn, minutes(10), { stepName: "wait", stepOrder: 2 });
    const orders = async (): Promise<unknown> =>
      (
        (await ask("ListRecoveryPlanSteps", { recoveryPlanArn })).recoveryPlanSteps as readonly {
          stepName: string;
          stepOrder: number;
        }[]
      ).map(({ stepName, stepOrder }) => [stepName, stepOrder]);
    expect(await orders()).toEqual([
      ["database", 1],
      ["wait", 2],
      ["web", 3],
    ]);
    const page = await ask("ListRecoveryPlanSteps", { recoveryPlanArn, maxResults: 2 });
    expect(page).toMatchObject({ recoveryPlanSteps: [{}, {}], nextToken: expect.any(String) });
    const { recoveryPlanStepArn } = last;
    await ask("DeleteRecoveryPlanStep", { recoveryPlanStepArn });
    expect(await orders()).toEqual([
      ["database", 1],
      ["wait", 2],
    ]);
  });

  it("take every server as CRITICAL that says nothing else", async () => {
    const { addStep, createPlan } = planCalls(await startBench());
    const { configuration } = await addStep(await createPlan(), servers(1, -2));
    expect(configuration).toEqual({
      serverStepConfiguration: {
        servers: [
          { serverArn: serverArn(1), impactLevel: "CRITICAL" },
          { serverArn: serverArn(2), impactLevel: "OPTIONAL" },
        ],
      },
    });
  });

  it("make a plan ACTIVE with the first server step, and INVALID without one", async () => {
    const { ask, addStep, createPlan } = planCalls(await startBench());
    const recoveryPlanArn = await createPlan();
    const status = async (): Promise<unknown> =>
      ((await ask("GetRecoveryPlan", { recoveryPlanArn })).recoveryPlan as { status: string })
        .status;
    const { recoveryPlanStepArn } = await addStep(recoveryPlanArn, servers(1));
    await addStep(recoveryPlanArn, minutes(1));
    expect(await status()).toBe("ACTIVE");
    await ask("DeleteRecoveryPlanStep", { recoveryPlanStepArn });
    expect(await status()).toBe("INVALID");
    await addStep(recoveryPlanArn, minutes(1));
    expect(await status()).toBe("INVALID");
    await addStep(recoveryPlanArn, servers(1));
    expect(await status()).toBe("ACTIVE");
  });

  it("are put in another order as a whole, never with a wait step first", async () => {
    const { ask, refusal, addStep, createPlan } = planCalls(await startBench());
    const recoveryPlanArn = await createPlan();
    const steps = [servers(1), minutes(5), servers(2)];
    const arns: string[] = [];
    for (const one of steps) arns.push((await addStep(recoveryPlanArn, one)).recoveryPlanStepArn);
    const [a = "", wait = "", b = ""] = arns;
    const { recoveryPlanSteps } = await ask("ReorderRecoveryPlanSteps", {
      recoveryPlanArn,
      orderedStepArns: [b, wait, a],
    });
    expect(recoveryPlanSteps).toMatchObject([
      { recoveryPlanStepArn: b, stepOrder: 1 },
      { recoveryPlanStepArn: wait, stepOrder: 2 },
      { recoveryPlanStepArn: a, stepOrder: 3 },
    ]);
    for (const orderedStepArns of [
      [a, b],
      [a, b, b],
      [a, b, wait, wait],
      [wait, a, b],
    ]) {
      const refused = await refusal("ReorderRecoveryPlanSteps", {
        recoveryPlanArn,
        orderedStepArns,
      });
      expect(refused).toMatchObject({ status: 400, code: "ValidationException" });
    }
  });

  it("change their servers as a whole, and never their type", async () => {
    const { ask, refusal, addStep, createPlan } = planCalls(await startBench());
    const { recoveryPlanStepArn } = await addStep(await createPlan(), servers(1, 2));
    const changed = { recoveryPlanStepArn, stepName: "less", configuration: servers(2) };
    const { recoveryPlanStep } = await ask("UpdateRecoveryPlanStep", changed);
    expect(recoveryPlanStep).toMatchObject({
      stepName: "less",
      configuration: { serverStepConfiguration: { servers: [{ serverArn: serverArn(2) }] } },
    });
    const retyped = { recoveryPlanStepArn, configuration: minutes(3) };
    expect(await refusal("UpdateRecoveryPlanStep", retyped)).toMatchObject({ status: 400 });
    const read = await ask("GetRecoveryPlanStep", { recoveryPlanStepArn });
    expect(read.recoveryPlanStep).toEqual(recoveryPlanStep);
  });

  it.each([
    ["a wait step first", minutes(5)],
    ["a wait of 121 minutes", minutes(121)],
    ["a server twice in a step", servers(3, 3)],
    ["a server that another step has", servers(1), 2],
    ["no configuration at all", {}],
    ["both configurations", { ...servers(3), ...minutes(5) }],
    ["a place beyond the end", servers(3), 7],
    [
      "a server of another Region",
      {
        serverStepConfiguration: {
          servers: [{ serverArn: serverArn(3).replace(region, "eu-west-1") }],
        },
      },
    ],
  ] as const)("refuse %s", async (_what, configuration, stepOrder: number = 1) => {
    const { refusal, planOf } = planCalls(await startBench());
    const recoveryPlanArn = await planOf("shop", servers(1));
    const body = { recoveryPlanArn, stepName: "a", stepOrder, configuration };
    expect(await refusal("CreateRecoveryPlanStep", body)).toMatchObject({
      status: 400,
      code: "ValidationException",
    });
  });

  it("refuse a server that does not exist", async () => {
    const { refusal, createPlan } = planCalls(await startBench());
    const body = { recoveryPlanArn: await createPlan(), stepName: "a", configuration: servers(99) };
    expect(await refusal("CreateRecoveryPlanStep", body)).toMatchObject({ status: 404 });
  });
});
