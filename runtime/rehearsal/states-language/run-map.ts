import type { MapState } from "./definition.js";
import { type Branch, type Engine, isoTime, type Visit, viewOf, withinLimit } from "./engine.js";
import { rehearsalFailure, StateFailure } from "./failure.js";
import { History } from "./history.js";
import type { Json, JsonObject } from "./json.js";
import type { Scope } from "./scope.js";
import { Variables } from "./variables.js";

/** Most items that an inline Map runs at once. AWS: "Map state processing modes". */
const inlineConcurrency = 40;

/** Most child executions that a distributed Map runs at once, and what 0 means. */
const distributedConcurrency = 10_000;

/** Runs the states of one branch from its start to its end. */
export type RunBlock = (branch: Branch, input: Json) => Promise<Json>;

/**
 * One attempt at a Map. Items run side by side up to its concurrency, results keep their order.
 *
 * @throws {StateFailure}
 */
export async function attemptMap(
  engine: Engine,
  branch: Branch,
  state: MapState,
  visit: Visit,
  runBlock: RunBlock,
): Promise<Json> {
  const isDistributed = state.ItemProcessor.ProcessorConfig.Mode === "DISTRIBUTED";
  const items = await itemsOf(engine, branch, state, visit);
  branch.history.add("MapStateStarted", visit.name);
  if (isDistributed) {
    authorizeChildren(engine, branch);
    branch.history.add("MapRunStarted", visit.name);
  }
  const inner = branch.scope.child();
  const run = isDistributed ? runChild : runIteration;
  const outcomes = await atMostAtOnce(engine, branch, inner, {
    concurrency: concurrencyOf(state, isDistributed),
    items,
    toleratedFailures: toleratedOf(state, items.length),
    run: (item, index) =>
      run(engine, { branch, scope: inner, state, visit, item, index }, runBlock),
  });
  branch.history.add(isDistributed ? "MapRunSucceeded" : "MapStateSucceeded", visit.name);
  return withinLimit(visit.name, "result", outcomes);
}

/** What each item's branch is given: the item itself, or what the selector makes of it. */
async function itemsOf(
  engine: Engine,
  branch: Branch,
  state: MapState,
  visit: Visit,
): Promise<readonly SelectedItem[]> {
  const { evaluator } = engine;
  const values = await evaluator.value("Items", state.Items, viewOf(branch, visit));
  if (!Array.isArray(values)) {
    const got = JSON.stringify(values);
    throw new StateFailure(
      "States.QueryEvaluationError",
      `Items must come to an array, got ${got}.`,
    );
  }
  const selected: SelectedItem[] = [];
  for (const [index, value] of values.entries()) {
    const context = { Map: { Item: { Index: index, Value: value } } };
    const view = viewOf(branch, visit, {}, context);
    const { ItemSelector: selector } = state;
    const input =
      selector === undefined ? value : await evaluator.value("ItemSelector", selector, view);
    selected.push({ input, context });
  }
  return selected;
}

interface SelectedItem {
  readonly input: Json;
  /** The `Map` part of the context. */
  readonly context: JsonObject;
}

/** A distributed Map starts executions of its own machine, with the machine's role. */
function authorizeChildren(engine: Engine, { machine }: Branch): void {
  const right = { action: "states:StartExecution", resources: [machine.arn], context: {} };
  const decision = engine.authorize(machine.roleArn, [right]);
  if (!decision.allowed) throw new StateFailure("States.Permissions", decision.reason);
}

interface ItemRun {
  readonly branch: Branch;
  readonly scope: Scope;
  readonly state: MapState;
  readonly visit: Visit;
  readonly item: SelectedItem;
  readonly index: number;
}

/** An item of an inline Map: its events are the execution's, it sees the execution's variables. */
async function runIteration(_: Engine, at: ItemRun, runBlock: RunBlock): Promise<Json> {
  const { branch, scope, visit, item } = at;
  branch.history.add("MapIterationStarted", visit.name);
  const inner: Branch = {
    ...branch,
    scope,
    variables: new Variables(branch.variables),
    context: { ...branch.context, ...item.context },
  };
  const output = await runBlock(inner, item.input);
  branch.history.add("MapIterationSucceeded", visit.name);
  return output;
}

/** An item of a distributed Map: an execution of its own, which sees no variables but its own. */
async function runChild(engine: Engine, at: ItemRun, runBlock: RunBlock): Promise<Json> {
  const { branch, scope, visit, item } = at;
  const history = new History(() => engine.timeline.now());
  const name = engine.newId();
  const machineArn = branch.machine.arn.replace(":stateMachine:", ":execution:");
  const execution = {
    Id: `${machineArn}/${visit.name}:${name}`,
    Input: item.input,
    Name: name,
    RoleArn: branch.machine.roleArn,
    StartTime: isoTime(engine.timeline.now()),
  };
  history.add("ExecutionStarted");
  return runBlock(
    {
      machine: branch.machine,
      scope,
      history,
      variables: new Variables(),
      context: { Execution: execution, ...item.context },
    },
    item.input,
  );
}

interface Work {
  readonly items: readonly SelectedItem[];
  readonly concurrency: number;
  readonly toleratedFailures: number;
  readonly run: (item: SelectedItem, index: number) => Promise<Json>;
}

/**
 * Runs all items, so many at once. When more fail than are tolerated, the rest is given up. An item
 * that failed and is tolerated leaves its error in its place (inferred: AWS documents the results of
 * items that succeed).
 */
async function atMostAtOnce(
  engine: Engine,
  branch: Branch,
  inner: Scope,
  work: Work,
): Promise<readonly Json[]> {
  const results: Json[] = work.items.map(() => null);
  let [next, ended, failed] = [0, 0, 0];
  const end = await engine.activity.suspend<StateFailure | undefined>(branch.scope, (resume) => {
    const finish = (failure?: StateFailure): void => {
      inner.close();
      resume(failure);
    };
    const launch = (): void => {
      const index = next;
      const item = work.items[index];
      if (item === undefined || !inner.isOpen) return;
      next += 1;
      engine.activity.begin();
      void work
        .run(item, index)
        .then(
          (output) => {
            results[index] = output;
          },
          (thrown: unknown) => {
            const failure = rehearsalFailure(thrown);
            results[index] = { Error: failure.error, Cause: failure.reason };
            failed += 1;
            if (failed > work.toleratedFailures) finish(tooMany(work, failure));
          },
        )
        .then(() => {
          ended += 1;
          if (ended === work.items.length) finish();
          else launch();
          engine.activity.end();
        });
    };
    for (let slot = 0; slot < work.concurrency; slot += 1) launch();
    if (work.items.length === 0) finish();
    return () => inner.close();
  });
  if (end !== undefined) throw end;
  return results;
}

/** An inline Map fails with its item's error, a distributed one with an error of its own. */
function tooMany(work: Work, failure: StateFailure): StateFailure {
  if (work.toleratedFailures === 0) return failure;
  const reason = `More than ${work.toleratedFailures} items failed, the last with ${failure.message}`;
  return new StateFailure("States.ExceedToleratedFailureThreshold", reason);
}

function toleratedOf({ ToleratedFailurePercentage: percent = 0 }: MapState, items: number): number {
  return Math.floor((items * percent) / 100);
}

function concurrencyOf({ MaxConcurrency: asked }: MapState, isDistributed: boolean): number {
  const most = isDistributed ? distributedConcurrency : inlineConcurrency;
  return asked === 0 ? most : Math.min(asked, most);
}
