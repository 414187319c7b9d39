import { secondsBetween } from "../../runtime/core/instant.js";
import type { Decision } from "../../runtime/rehearsal/iam/index.js";
import type { NeededRight, ServiceReply } from "../../runtime/rehearsal/services/service.js";
import {
  createStates,
  type Execution,
  type FunctionResult,
  type States,
} from "../../runtime/rehearsal/states-language/index.js";
import { createVirtualClock, type VirtualClock } from "../../runtime/rehearsal/virtual-clock.js";

export const account = "111111111111";
export const region = "eu-central-1";
export const functionArn = `arn:aws:lambda:${region}:${account}:function:dr-shop-execution`;
const roleArn = `arn:aws:iam::${account}:role/dr-shop-workflows`;

export type Payload = Readonly<Record<string, unknown>>;

/** An invocation of the bench's function, seconds after the bench began. */
export interface Invocation {
  readonly atSeconds: number;
  readonly payload: Payload;
}

/** What the bench's function does. Throwing an error fails the invocation under the error's name. */
export type FakeFunction = (payload: Payload, bench: StatesBench) => unknown;

/** Step Functions on a virtual clock, with one function behind all machines. */
export interface StatesBench {
  readonly clock: VirtualClock;
  readonly states: States;
  readonly invocations: readonly Invocation[];
  readonly asked: readonly NeededRight[];
  /** ARN of a new machine with this definition. */
  machine(name: string, definition: unknown): string;
  /** Starts an execution and runs the clock until it has ended. */
  run(machineArn: string, input: object, name?: string): Promise<Execution>;
  /** Runs the clock until this many seconds have passed since the bench began. */
  passUntil(seconds: number): Promise<void>;
  /** Calls the API as an operator's SDK would. */
  call(
    operation: string,
    input: object,
    caller?: { account?: string; region?: string },
  ): Promise<ServiceReply>;
}

export interface BenchSettings {
  readonly fake?: FakeFunction;
  readonly random?: () => number;
  readonly authorize?: (roleArn: string, rights: readonly NeededRight[]) => Decision;
}

/** An error whose name is what Step Functions sees. */
export function named(name: string, message = "no reason given"): Error {
  return Object.assign(new Error(message), { name });
}

export function createBench(settings: BenchSettings = {}): StatesBench {
  const { fake = () => ({}), random = () => 1 } = settings;
  const clock = createVirtualClock();
  const began = clock.now();
  const invocations: Invocation[] = [];
  const asked: NeededRight[] = [];
  let ids = 0;

  async function invokeFunction(_: string, payload: unknown): Promise<FunctionResult> {
    const atSeconds = secondsBetween(began, clock.now());
    invocations.push({ atSeconds, payload: payload as Payload });
    try {
      return { ok: true, payload: await fake(payload as Payload, bench) };
    } catch (thrown) {
      const { name, message } = thrown as Error;
      return { ok: false, error: name, cause: message };
    }
  }

  const states = createStates({
    timeline: clock,
    random,
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    invokeFunction: (arn, payload) => clock.hold(invokeFunction(arn, payload)),
    authorize: (role, rights) => {
      asked.push(...rights);
      return settings.authorize?.(role, rights) ?? { allowed: true, reason: "the bench allows" };
    },
  });

  const bench: StatesBench = {
    clock,
    states,
    invocations,
    asked,
    machine: (name, definition) => {
      const arn = `arn:aws:states:${region}:${account}:stateMachine:${name}`;
      states.createMachine({ arn, definition: JSON.stringify(definition), roleArn });
      return arn;
    },
    run: async (machineArn, input, name = "run-1") => {
      const { executionArn } = states.start(machineArn, name, JSON.stringify(input));
      const isOver = (): boolean => states.execution(executionArn)?.status !== "RUNNING";
      await clock.run(isOver, name);
      const execution = states.execution(executionArn);
      if (execution === undefined) throw new Error(`${name} was never started`);
      return execution;
    },
    passUntil: async (seconds) => {
      let isPast = false;
      clock.at((began + seconds * 1000) as typeof began, () => {
        isPast = true;
      });
      await clock.run(() => isPast, `second ${seconds}`);
    },
    call: (operation, input, caller = {}) =>
      states.service.answer({
        service: "states",
        region: caller.region ?? region,
        principal: {
          account: caller.account ?? account,
          arn: `arn:aws:sts::${account}:assumed-role/dr-shop-execution/s`,
          roleArn: `arn:aws:iam::${account}:role/dr-shop-execution`,
        },
        method: "POST",
        path: "/",
        query: new URLSearchParams(),
        headers: { "x-amz-target": `AWSStepFunctions.${operation}` },
        body: Buffer.from(JSON.stringify(input)),
      }),
  };
  return bench;
}
