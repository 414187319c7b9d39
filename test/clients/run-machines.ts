import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { createBench, named, type Payload, type StatesBench } from "../support/states-bench.js";
import { scriptOf } from "./foreign.js";
import type { Case, Outcome } from "./machines.js";

/** What a case came to in one interpreter. */
export interface Ended {
  readonly status: string;
  readonly output: unknown;
  readonly error: string | null;
  readonly events: readonly string[];
  /** Calls of each function. */
  readonly calls: Readonly<Record<string, number>>;
  /** Seconds of waits and of delays before retries. */
  readonly waitedSeconds: number;
}

/** Runs cases in moto's interpreter, in one process, and answers what each came to. */
export async function runInMoto(python: string, list: readonly Case[]): Promise<readonly Ended[]> {
  const script = [scriptOf("moto_states.py"), process.execPath, scriptOf("jsonata-lines.mjs")];
  const child = spawn(python, script, {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  const exited = once(child, "exit");
  child.stdin.end(list.map((one) => `${JSON.stringify(one)}\n`).join(""));
  const ended: Ended[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const told = JSON.parse(line);
    if (told.problem !== undefined)
      throw new Error(`moto could not run a machine: ${told.problem}`);
    const isOutput = told.status === "SUCCEEDED";
    ended.push({ ...told, output: isOutput ? valueOfText(told.output ?? "null") : undefined });
  }
  await exited;
  return ended;
}

/** Moto tells an output that is text without its quotes. */
function valueOfText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Silence of a token's holder before it counts: a heartbeat of the generated machines. */
const silenceSeconds = 60;

/** Runs a case in our interpreter. */
export async function runInOurs({ definition, input, functions }: Case): Promise<Ended> {
  const calls: Record<string, number> = {};
  let silences = 0;
  const fake = (payload: Payload, bench: StatesBench): unknown => {
    const key = String(payload.key);
    const attempt = calls[key] ?? 0;
    calls[key] = attempt + 1;
    const plan = functions[key] ?? [];
    const outcome = plan[Math.min(attempt, plan.length - 1)] ?? { silent: true };
    if (payload.token !== undefined) {
      if ("silent" in outcome) silences += 1;
      bench.clock.at(bench.clock.now(), () => void answerToken(bench, payload.token, outcome));
      return null;
    }
    if ("error" in outcome) {
      const { error: errorType } = outcome;
      throw named(errorType, JSON.stringify({ errorType, errorMessage: "told" }));
    }
    return "value" in outcome ? outcome.value : null;
  };
  const bench = createBench({ fake });
  const execution = await bench.run(bench.machine("m", definition), input);
  const seconds = ((execution.endedAt ?? 0) - execution.startedAt) / 1000;
  return {
    status: execution.status,
    output: execution.output === undefined ? undefined : JSON.parse(execution.output),
    error: execution.error ?? null,
    events: execution.history.map(({ type }) => type),
    calls,
    waitedSeconds: seconds - silences * silenceSeconds,
  };
}

async function answerToken(
  bench: StatesBench,
  taskToken: unknown,
  outcome: Outcome,
): Promise<void> {
  if ("value" in outcome) {
    await bench.call("SendTaskSuccess", { taskToken, output: JSON.stringify(outcome.value) });
  } else if ("error" in outcome) {
    await bench.call("SendTaskFailure", { taskToken, error: outcome.error, cause: "told" });
  }
}
