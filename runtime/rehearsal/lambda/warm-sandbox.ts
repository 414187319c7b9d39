import { Worker } from "node:worker_threads";
import {
  type ReportedError,
  type SandboxInvocation,
  type SandboxMessage,
  type SandboxSettings,
  sandboxProgram,
} from "./sandbox.js";

/** What one invocation came to, and what it printed. */
export type SandboxOutcome = {
  readonly lines: readonly string[];
} & (
  | { readonly kind: "done"; readonly payload: string }
  | { readonly kind: "failed"; readonly error: ReportedError }
);

/** A warm environment of one function: a worker thread that takes one event at a time. */
export interface WarmSandbox {
  /** False once it has died; it takes no further event then. */
  isAlive(): boolean;
  /** `onWait` hears how long the handler did nothing but wait for timers of its own; nobody waited in truth. */
  run(
    invocation: SandboxInvocation,
    timeoutSeconds: number,
    onWait: (seconds: number) => void,
  ): Promise<SandboxOutcome>;
  /**
   * Ends it at once, whatever it is doing, as if it had died or run out of time by itself. When this
   * settles, it does nothing any more.
   */
  end(how: Ending): Promise<void>;
  stop(): Promise<void>;
}

/** Ways in which a sandbox ends before its handler has answered. */
export type Ending =
  | { readonly kind: "exit" }
  | { readonly kind: "time-out"; readonly seconds: number };

export interface WarmSandboxSettings {
  readonly settings: SandboxSettings;
  readonly environment: Readonly<Record<string, string>>;
  /** Limit of the heap; what lies outside it (buffers) is not counted. */
  readonly memoryMib: number;
}

interface Running {
  readonly lines: string[];
  readonly requestId: string;
  readonly onWait: (seconds: number) => void;
  end(outcome: { kind: "done"; payload: string } | { kind: "failed"; error: ReportedError }): void;
}

/** What the code of a sandbox runs in, as its host reaches it. */
export interface SandboxBody {
  post(invocation: SandboxInvocation): void;
  /** Ends it whatever it is doing; nothing is told after that. */
  terminate(): Promise<unknown>;
}

/** What a body tells its host. */
export interface SandboxListener {
  onMessage(message: SandboxMessage): void;
  onError(thrown: unknown): void;
  onExit(code: number): void;
}

/** Starts a sandbox in a thread of its own. It loads its code at once and reports a failure of that to its first event. */
export function startSandbox(wanted: WarmSandboxSettings): WarmSandbox {
  return warmSandbox((listener) => workerBody(wanted, listener));
}

function workerBody(
  { settings, environment, memoryMib }: WarmSandboxSettings,
  { onMessage, onError, onExit }: SandboxListener,
): SandboxBody {
  const worker = new Worker(sandboxProgram(), {
    eval: true,
    env: { ...environment },
    execArgv: [],
    stdout: true,
    stderr: true,
    workerData: settings,
    resourceLimits: { maxOldGenerationSizeMb: memoryMib },
  });
  worker.on("message", onMessage);
  worker.on("error", onError);
  worker.on("exit", onExit);
  return {
    post: (invocation) => worker.postMessage(invocation),
    terminate: () => worker.terminate(),
  };
}

/** A sandbox around whatever body runs its code. */
export function warmSandbox(start: (listener: SandboxListener) => SandboxBody): WarmSandbox {
  let isAlive = true;
  let running: Running | undefined;

  function die(error: (requestId: string) => ReportedError): void {
    isAlive = false;
    running?.end({ kind: "failed", error: error(running.requestId) });
    void body.terminate();
  }

  const body = start({
    onMessage(message) {
      if (message.kind === "line") running?.lines.push(message.text);
      else if (message.kind === "waited") running?.onWait(message.seconds);
      else if (message.kind === "failed" && message.fatal) die(() => message.error);
      else running?.end(message);
    },
    onError: (thrown) => die((requestId) => crashOf(thrown, requestId)),
    onExit: (code) => die((requestId) => exitOf(code, requestId)),
  });

  function run(
    invocation: SandboxInvocation,
    timeoutSeconds: number,
    onWait: (seconds: number) => void,
  ): Promise<SandboxOutcome> {
    return new Promise((resolve) => {
      const lines: string[] = [];
      const timer = setTimeout(
        () => die((requestId) => timeoutOf(timeoutSeconds, requestId)),
        invocation.realLimitMs,
      );
      running = {
        lines,
        requestId: invocation.requestId,
        onWait,
        end: (outcome) => {
          clearTimeout(timer);
          running = undefined;
          resolve({ ...outcome, lines });
        },
      };
      body.post(invocation);
    });
  }

  async function end(how: Ending): Promise<void> {
    const ended = running;
    isAlive = false;
    running = undefined;
    await body.terminate();
    if (ended) ended.end({ kind: "failed", error: errorOf(how, ended.requestId) });
  }

  async function stop(): Promise<void> {
    isAlive = false;
    await body.terminate();
  }

  return { isAlive: () => isAlive, run, end, stop };
}

function platformError(errorType: string, requestId: string, what: string): ReportedError {
  return { errorType, errorMessage: `RequestId: ${requestId} Error: ${what}`, trace: [] };
}

function timeoutOf(timeoutSeconds: number, requestId: string): ReportedError {
  const what = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return platformError("Sandbox.Timedout", requestId, what);
}

function errorOf(how: Ending, requestId: string): ReportedError {
  if (how.kind === "time-out") return timeoutOf(how.seconds, requestId);
  const what = "Runtime exited with error: signal: killed";
  return platformError("Runtime.ExitError", requestId, what);
}

function exitOf(code: number, requestId: string): ReportedError {
  const what =
    code === 0
      ? "Runtime exited without providing a reason"
      : `Runtime exited with error: exit status ${code}`;
  return platformError("Runtime.ExitError", requestId, what);
}

function crashOf(thrown: unknown, requestId: string): ReportedError {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  if (code === "ERR_WORKER_OUT_OF_MEMORY") {
    const what = "Runtime exited with error: signal: killed";
    return platformError("Runtime.OutOfMemory", requestId, what);
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return platformError("Runtime.Unknown", requestId, message);
}
