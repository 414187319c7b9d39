import { Worker } from "node:worker_threads";
import type { RehearsalCase } from "./case.js";
import { type CaseResult, crashed } from "./result.js";
import type { Estate, RunCase } from "./run-case.js";

/** Threads that rehearse cases of one estate, a case at a time each. */
export interface CaseThreads {
  /** Waits for a thread to be free. */
  readonly run: RunCase;
  close(): Promise<void>;
}

/** Where the compiled program of a thread lies beside this module. */
const program = new URL("./thread.js", import.meta.url);

/** Room for what a case makes and drops, so that it is seldom searched for what is left of it. */
const youngGenerationMib = 64;

/** Starts a thread when it is first needed, up to `most`. One that dies fails its case and is replaced. */
export function startThreads(estate: Estate, most: number): CaseThreads {
  const free: Worker[] = [];
  const started = new Set<Worker>();
  const waiting: ((worker: Worker) => void)[] = [];

  function start(): Worker {
    const worker = new Worker(program, {
      workerData: estate,
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMib },
    });
    started.add(worker);
    return worker;
  }

  function take(): Promise<Worker> {
    const worker = free.pop() ?? (started.size < most ? start() : undefined);
    if (worker) return Promise.resolve(worker);
    return new Promise((resolve) => waiting.push(resolve));
  }

  function giveBack(worker: Worker): void {
    const next = waiting.shift();
    if (next) next(worker);
    else free.push(worker);
  }

  async function run(one: RehearsalCase): Promise<CaseResult> {
    const worker = await take();
    try {
      const result = await answerOf(worker, one);
      giveBack(worker);
      return result;
    } catch (thrown) {
      started.delete(worker);
      await worker.terminate();
      if (waiting.length > 0) giveBack(start());
      return crashed(thrown);
    }
  }

  async function close(): Promise<void> {
    await Promise.all([...started].map((worker) => worker.terminate()));
  }

  return { run, close };
}

/** Rejects where the thread dies before it answers. */
function answerOf(worker: Worker, one: RehearsalCase): Promise<CaseResult> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
    };
    const onMessage = (result: CaseResult): void => {
      settle();
      resolve(result);
    };
    const onError = (thrown: unknown): void => {
      settle();
      reject(thrown);
    };
    const onExit = (code: number): void => onError(new Error(`The thread ended with ${code}.`));
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.postMessage(one);
  });
}
