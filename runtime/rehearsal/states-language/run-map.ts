import type { MapState } from "./definition.js";
import { type Branch, type Engine, isoTime, type Visit, viewOf, withinLimit } from "./engine.js";
import { evaluate, unexpected } from "./evaluate.js";
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
 * @throws {StateFailure} an inline Map with its item's failure, a distributed one with
 *   `States.ExceedToleratedFailureThreshold`
 */
export async function attemptMap(
  engine: Engine,
  branch: Branch,
  state: MapState,
  visit: Visit,
  runBlock: RunBlock,
): Promise<Json> {
  const isDistributed = state.ItemProcessor.ProcessorConfig.Mode === "DISTRIBUTED";
  const { history } = branch;
  const items = await itemsOf(engine, branch, state, visit);
  history.add("MapStateStarted", visit.name);
  if (isDistributed) {
    authorizeChildren(engine, branch);
    history.add("MapRunStarted", visit.name);
  }
  const inner = branch.scope.child();
  const run = isDistributed ? runChild : runIteration;
  const { failure, results, givenUp } = await atMostAtOnce(engine, branch, inner, {
    concurrency: concurrencyOf(state, isDistributed),
    items,
    toleratedPercent: state.ToleratedFailurePercentage ?? 0,
    run: (item, index) =>
      run(engine, { branch, scope: inner, state, visit, item, index }, runBlock),
  });
  if (failure !== undefined && isDistributed) {
    const exceeded = tooMany(failure);
    history.add("MapRunFailed", visit.name, exceeded);
    throw exceeded;
  }
  if (failure !== undefined) {
    for (let index = 0; index < givenUp; index += 1) history.add("MapIterationAborted", visit.name);
    throw failure;
  }
  if (isDistributed) history.add("MapRunSucceeded", visit.name);
  const output = withinLimit(visit.name, "result", results);
  history.add("MapStateSucceeded", visit.name);
  return output;
}

/** What each item's branch is given: the item itself, or what the selector makes of it. */
async function itemsOf(
  engine: Engine,
  branch: Branch,
  state: MapState,
  visit: Visit,
): Promise<readonly SelectedItem[]> {
  const field = { path: "Items", template: state.Items };
  const values = await evaluate(engine, branch, visit, field);
  if (!Array.isArray(values)) throw unexpected(branch, visit, field, "'array'", values);
  const selected: SelectedItem[] = [];
  for (const [index, value] of values.entries()) {
    const context = { Map: { Item: { Index: index, Value: value } } };
    const view = viewOf(branch, visit, {}, context);
    const { ItemSelector: selector } = state;
    const template = { path: "ItemSelector", template: selector ?? null };
    const input =
      selector === undefined ? value : await evaluate(engine, branch, visit, template, view);
    selected.push({ input: withinLimit(visit.name, "item", input), context });
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
  try {
    const output = await runBlock(inner, item.input);
    branch.history.add("MapIterationSucceeded", visit.name);
    return output;
  } catch (thrown) {
    branch.history.add("MapIterationFailed", visit.name, rehearsalFailure(thrown));
    throw thrown;
  }
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
  readonly toleratedPercent: number;
  readonly run: (item: SelectedItem, index: number) => Promise<Json>;
}

interface Ended {
  /** The failure that was one too many. */
  readonly failure: StateFailure | undefined;
  readonly results: readonly Json[];
  /** Items that were begun and given up. */
  readonly givenUp: number;
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
): Promise<Ended> {
  const results: Json[] = work.items.map(() => null);
  let [next, ended, failed] = [0, 0, 0];
  const failure = await engine.activity.suspend<StateFailure | undefined>(
    branch.scope,
    (resume) => {
      const finish = (failure?: StateFailure): void => {
        inner.close();
        resume(failure);
      };
      const fail = (index: number, failure: StateFailure): void => {
        results[index] = { Error: failure.error, Cause: failure.reason };
        failed += 1;
        ended += 1;
        if (failed * 100 > work.toleratedPercent * work.items.length) finish(failure);
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
              ended += 1;
            },
            (thrown: unknown) => fail(index, rehearsalFailure(thrown)),
          )
          .then(() => {
            if (ended === work.items.length) finish();
            else launch();
            engine.activity.end();
          });
      };
      for (let slot = 0; slot < work.concurrency; slot += 1) launch();
      if (work.items.length === 0) finish();
      return () => inner.close();
    },
  );
  return { failure, results, givenUp: next - ended };
}

function tooMany(last: StateFailure): StateFailure {
  const reason = `The specified tolerated failure threshold was exceeded, at last by ${last.message}`;
  return new StateFailure("States.ExceedToleratedFailureThreshold", reason);
}

function concurrencyOf({ MaxConcurrency: asked }: MapState, isDistributed: boolean): number {
  const most = isDistributed ? distributedConcurrency : inlineConcurrency;
  return asked === 0 ? most : Math.min(asked, most);
}
