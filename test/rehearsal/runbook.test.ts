import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { laneKey } from "../../runtime/core/lane.js";
import { deploymentOf } from "../../runtime/rehearsal/deployment.js";
import { runUntilSettled } from "../../runtime/rehearsal/virtual-clock.js";
import { createWorld, type World } from "../../runtime/rehearsal/world.js";
import type { Runbook } from "../../runtime/runbook/model.js";
import { hasServers } from "../../runtime/runbook/outputs/checks.js";
import { readOutputs } from "../../runtime/runbook/outputs/read.js";
import { runbook } from "../../runtime/runbook/runbook.js";
import { filled, shellLine, type Word } from "../../runtime/runbook/words.js";
import { example } from "./rehearsed-example.js";

/** The deployed example in emulated AWS, and the runbook that its own outputs render. */
interface Scene {
  readonly world: World;
  readonly book: Runbook;
}

async function sceneOf(name: string): Promise<Scene> {
  const { resources, programFolder, fleet = [] } = await example(name);
  const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  const read = readOutputs(JSON.stringify(stack?.outputs));
  if (!read.ok || !hasServers(read.outputs)) throw new Error("the example must have a hub");
  const { functions } = read.outputs.hub;
  const { hub, publisherArn } = deploymentOf(resources);
  const asides = publisherArn === undefined ? [] : [publisherArn];
  const world = await createWorld(resources, {
    entryPoints: [
      functions.execution,
      functions.query,
      hub.recoverPlanArn,
      hub.recoverLaneArn,
      ...asides,
    ],
    asides,
    fleet: fleet.map((server) => ({ ...server, lane: laneKey(server.lane) })),
    seed: 1,
    programFolder,
  });
  return { world, book: runbook(read.outputs) };
}

type Invocation = { readonly argv: readonly Word[]; readonly operation: string };

/** The calls of the hub's functions in a section, in their order. */
function invocationsOf({ sections }: Runbook, id: string): readonly Invocation[] {
  const steps = sections.find((section) => section.id === id)?.steps ?? [];
  return steps
    .flatMap(({ commands }) => commands)
    .filter(({ argv: [, service, command] }) => service === "lambda" && command === "invoke")
    .map(({ argv }) => ({ argv, operation: String(payloadOf(argv, "any").operation) }));
}

function payloadOf(argv: readonly Word[], execution: string): Record<string, unknown> {
  const words = filled(argv, { EXECUTION: execution });
  return JSON.parse(words[words.indexOf("--payload") + 1] ?? "");
}

describe("the calls of a rendered runbook, made in a rehearsal", () => {
  let scene: Scene;
  const made = new Set<string>();
  beforeAll(async () => {
    scene = await sceneOf("six-servers");
  });
  afterAll(() => scene.world.close());

  /** Makes one call as the AWS CLI would. */
  async function call(argv: readonly Word[], execution: string): Promise<Record<string, unknown>> {
    const { clock, functions } = scene.world;
    const name = argv[argv.indexOf("--function-name") + 1];
    const answer = functions.invoke(String(name), payloadOf(argv, execution));
    const result = await runUntilSettled(clock, answer, "an answer");
    made.add(shellLine(argv));
    if (!result.ok) throw new Error(result.cause);
    return Object(result.payload);
  }

  async function callAll(id: string, execution: string, operations: readonly string[]) {
    const wanted = invocationsOf(scene.book, id).filter(({ operation }) =>
      operations.includes(operation),
    );
    expect(wanted.map(({ operation }) => operation)).toEqual(operations);
    const answers = [];
    for (const { argv } of wanted) answers.push(await call(argv, execution));
    return answers;
  }

  const untilEnded = ({ world: { clock, states } }: Scene) =>
    clock.run(() => states.executions().every(({ status }) => status !== "RUNNING"), "the end");

  test("look at lanes and servers before anything is started", async () => {
    const [quotas, resolved] = await callAll("drill", "none", ["quotas", "resolve"]);
    expect(quotas).toMatchObject({ lanes: [{ region: "us-east-1", sourceServers: 6 }] });
    expect(resolved).toMatchObject({ problems: [], lanes: [{ members: { length: 6 } }] });
  });

  test("start a drill, hold it, let it go on, and tell its end", async () => {
    await callAll("drill", "drill-one", ["start", "status", "pause", "resume"]);
    await untilEnded(scene);
    const [status] = await callAll("clean-up", "drill-one", ["status"]);
    expect(status).toMatchObject({ state: "ended", outcome: "recovered", kind: "drill" });
    expect(status?.totals).toMatchObject({ terminated: 0 });
  });

  test("find the machine of the drill by the name that they give it", () => {
    const [described] = scene.book.sections
      .flatMap(({ steps }) => steps)
      .flatMap(({ commands }) => commands)
      .filter(({ argv }) => argv[2] === "describe-execution");
    const words = filled(described?.argv ?? [], { EXECUTION: "drill-one" });
    const arn = words[words.indexOf("--execution-arn") + 1] ?? "";
    expect(scene.world.states.execution(arn)?.status).toBe("SUCCEEDED");
  });

  test("clean it up, and tell that nothing was left behind", async () => {
    await callAll("clean-up", "drill-one", ["terminate"]);
    await untilEnded(scene);
    const [status] = await callAll("clean-up", "drill-one", ["status"]);
    expect(status).toMatchObject({ totals: { terminated: 6 }, leftBehind: [] });
  });

  test("start a recovery, and end it for good", async () => {
    await callAll("recovery", "recovery-one", ["quotas", "resolve", "start", "status", "cancel"]);
    await untilEnded(scene);
    const [status] = await callAll("recovery", "recovery-one", ["status"]);
    expect(status).toMatchObject({ kind: "recovery", command: "cancel", state: "ended" });
  });

  test("are all that the runbook has", () => {
    const rendered = scene.book.sections.flatMap(({ id }) => invocationsOf(scene.book, id));
    expect(rendered.map(({ argv }) => shellLine(argv)).filter((line) => !made.has(line))).toEqual(
      [],
    );
  });
});
