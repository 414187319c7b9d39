/** What a sandbox is told when it is made. */
export interface SandboxSettings {
  /** One `BigInt64`: the virtual time in epoch milliseconds. */
  readonly clock: SharedArrayBuffer;
  /** `file:` URL of the module that holds the handler. */
  readonly moduleUrl: string;
  /** Export of that module. */
  readonly exportName: string;
  /** `file:` URL of the folder that stands for `/var/task`. */
  readonly taskRootUrl: string;
}

/** One event for the handler. */
export interface SandboxInvocation {
  readonly requestId: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMib: number;
  readonly logGroup: string;
  readonly logStream: string;
  /** Whence the invocation's random numbers and ids come. */
  readonly seed: number;
  readonly payload: string;
  /** Real milliseconds after which the host kills the sandbox, and how many of them make one of Lambda's. */
  readonly realLimitMs: number;
  readonly realTimeFactor: number;
}

/** An error as the Node.js runtime of Lambda reports it. */
export interface ReportedError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

export type SandboxMessage =
  | { readonly kind: "line"; readonly text: string }
  /** The handler did nothing but wait so long for a timer of its own. */
  | { readonly kind: "waited"; readonly seconds: number }
  | { readonly kind: "done"; readonly payload: string }
  /** A `fatal` error ends the sandbox; the next event finds a new one. */
  | { readonly kind: "failed"; readonly error: ReportedError; readonly fatal: boolean };

/** The globals of the function's code, as far as a sandbox changes them. */
export type SandboxScope = Pick<
  typeof globalThis,
  "Date" | "Math" | "clearTimeout" | "crypto" | "process" | "setTimeout"
>;

export interface SandboxWiring {
  readonly port: {
    postMessage(message: SandboxMessage): void;
    on(event: "message", listener: (invocation: SandboxInvocation) => void): void;
  };
  readonly settings: SandboxSettings;
  readonly scope: SandboxScope;
  readonly load: (url: string) => Promise<Record<string, unknown>>;
  readonly crypto: Pick<typeof import("node:crypto"), "randomUUID">;
  /** Makes changes to built-in modules visible to those that import them by name. */
  readonly syncBuiltinExports: () => void;
  /** Whether the code waits for nothing but timers. */
  readonly isIdle: () => boolean;
}

type AnyHandler = (
  event: unknown,
  context: object,
  callback: (error: unknown, result?: unknown) => void,
) => unknown;

/**
 * The runtime inside a sandbox: loads the handler, gives it the virtual time as `Date`, passes it
 * events and reports what came of them.
 *
 * Travels into the worker as text (`toString`), because a worker cannot load TypeScript: it uses
 * nothing but its argument and Node's globals.
 */
export function sandbox(wiring: SandboxWiring): void {
  const { port, settings, scope, load, crypto, syncBuiltinExports, isIdle } = wiring;
  let random = (): number => 0;
  let isRunning = false;
  let waitedMs = 0;
  const published = new BigInt64Array(settings.clock);
  const now = (): number => Number(Atomics.load(published, 0));
  const tell = (message: SandboxMessage): void => port.postMessage(message);
  const finish = (message: SandboxMessage): void => {
    isRunning = false;
    tell(message);
  };

  function virtualDate(): DateConstructor {
    const RealDate = Date;
    const proxy: DateConstructor = new Proxy(RealDate, {
      construct: (target, args, newTarget) =>
        Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
      apply: () => new RealDate(now()).toString(),
      get: (target, key, receiver) => (key === "now" ? now : Reflect.get(target, key, receiver)),
    });
    if (scope === globalThis) RealDate.prototype.constructor = proxy;
    return proxy;
  }

  /** A small generator (mulberry32): the same numbers for the same seed. */
  function generator(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  /** Jitter and ids repeat with the seed, so that a rehearsal does. */
  function seedRandomness(): void {
    const hex = (digits: number): string =>
      Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join("");
    const uuid = (): ReturnType<typeof crypto.randomUUID> =>
      `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
    scope.Math.random = () => random();
    crypto.randomUUID = uuid;
    scope.crypto.randomUUID = uuid;
    syncBuiltinExports();
  }

  /**
   * Where the handler waits for nothing but a timer (an SDK before its next attempt), the timer fires
   * at once and the host is told how long that would have been. While anything else is in flight,
   * timers run in real time: then they guard it. A timer that fires counts in whole seconds, however it
   * came to fire: else it would depend on this machine's threads in what order the jitter of timers
   * side by side is drawn, and with it what follows.
   */
  function skipSleeps(): void {
    const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = scope;
    const sleeps = new Map<NodeJS.Timeout, { readonly dueMs: number; readonly fire: () => void }>();
    let isLooking = false;

    const look = (): void => {
      isLooking = false;
      const [next] = [...sleeps].sort(([, a], [, b]) => a.dueMs - b.dueMs);
      if (next === undefined) return;
      if (isRunning && isIdle()) {
        const [timer, { fire }] = next;
        realClearTimeout(timer);
        fire();
      }
      lookSoon();
    };
    const lookSoon = (): void => {
      if (isLooking || sleeps.size === 0) return;
      isLooking = true;
      realSetTimeout(look, 2).unref();
    };
    const virtual = <Args extends unknown[]>(
      callback: (...args: Args) => void,
      ms = 0,
      ...args: Args
    ): NodeJS.Timeout => {
      const fire = (): void => {
        sleeps.delete(timer);
        const seconds = Math.max(0, dueMs - waitedMs) / 1000;
        waitedMs = Math.max(waitedMs, dueMs);
        if (seconds > 0 && isRunning) tell({ kind: "waited", seconds });
        callback(...args);
      };
      const dueMs = waitedMs + Math.ceil(ms / 1000) * 1000;
      const timer = realSetTimeout(fire, ms);
      sleeps.set(timer, { dueMs, fire });
      lookSoon();
      return timer;
    };
    scope.setTimeout = Object.assign(virtual, realSetTimeout);
    scope.clearTimeout = (timer) => {
      if (typeof timer === "object") sleeps.delete(timer);
      realClearTimeout(timer);
    };
  }

  /** What the function prints goes line by line to the host, in order with the results. */
  function captureOutput(): void {
    const capture = (text: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
      const written = typeof text === "string" ? text : Buffer.from(text).toString("utf8");
      tell({ kind: "line", text: written.replace(/\n$/, "") });
      const callback = rest.at(-1);
      if (typeof callback === "function") callback();
      return true;
    };
    scope.process.stdout.write = capture;
    scope.process.stderr.write = capture;
  }

  function reported(thrown: unknown, errorType?: string): ReportedError {
    if (!(thrown instanceof Error)) {
      return { errorType: errorType ?? typeof thrown, errorMessage: String(thrown), trace: [] };
    }
    const stack = (thrown.stack ?? "").split(settings.taskRootUrl).join("file:///var/task/");
    return {
      errorType: errorType ?? thrown.name,
      errorMessage: thrown.message,
      trace: stack.split("\n"),
    };
  }

  function fail(thrown: unknown, fatal: boolean, errorType?: string): void {
    tell({ kind: "failed", error: reported(thrown, errorType), fatal });
  }

  function importFailure(thrown: unknown): string | undefined {
    if (thrown instanceof SyntaxError) return "Runtime.UserCodeSyntaxError";
    const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
    return code === "ERR_MODULE_NOT_FOUND" ? "Runtime.ImportModuleError" : undefined;
  }

  async function loadHandler(): Promise<AnyHandler> {
    const exported = (await load(settings.moduleUrl))[settings.exportName];
    if (typeof exported === "function") return (...args) => exported.apply(undefined, args);
    const missing = new Error(`${settings.exportName} is undefined or not exported`);
    missing.name = "Runtime.HandlerNotFound";
    throw missing;
  }

  function contextOf(invocation: SandboxInvocation): object {
    const began = performance.now();
    const waitedBeforeMs = waitedMs;
    const left = (): number =>
      (invocation.realLimitMs - (performance.now() - began)) / invocation.realTimeFactor -
      (waitedMs - waitedBeforeMs);
    return {
      awsRequestId: invocation.requestId,
      functionName: invocation.functionName,
      functionVersion: "$LATEST",
      invokedFunctionArn: invocation.functionArn,
      memoryLimitInMB: String(invocation.memoryMib),
      logGroupName: invocation.logGroup,
      logStreamName: invocation.logStream,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, Math.floor(left())),
    };
  }

  /** Handlers answer with a promise, or through their third argument. */
  function call(handler: AnyHandler, invocation: SandboxInvocation): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const callback = (error: unknown, result?: unknown): void =>
        error === null || error === undefined ? resolve(result) : reject(error);
      const answer = handler(JSON.parse(invocation.payload), contextOf(invocation), callback);
      if (answer instanceof Promise) answer.then(resolve, reject);
    });
  }

  scope.Date = virtualDate();
  seedRandomness();
  skipSleeps();
  captureOutput();
  scope.process.on("uncaughtException", (thrown) => fail(thrown, true));
  scope.process.on("unhandledRejection", (thrown) =>
    fail(thrown, true, "Runtime.UnhandledPromiseRejection"),
  );
  const loading = loadHandler();
  loading.catch(() => undefined);
  port.on("message", (invocation: SandboxInvocation) => {
    random = generator(invocation.seed);
    isRunning = true;
    loading.then(
      (handler) =>
        call(handler, invocation).then(
          (result) => finish({ kind: "done", payload: JSON.stringify(result) ?? "null" }),
          (thrown: unknown) => finish({ kind: "failed", error: reported(thrown), fatal: false }),
        ),
      (thrown: unknown) => fail(thrown, true, importFailure(thrown)),
    );
  });
}

/** The worker's whole program. */
export function sandboxProgram(): string {
  return `"use strict";
const { parentPort, workerData } = require("node:worker_threads");
const idle = new Set(["Timeout", "Immediate", "MessagePort"]);
(${sandbox.toString()})({
  port: parentPort,
  settings: workerData,
  scope: globalThis,
  load: (url) => import(url),
  crypto: require("node:crypto"),
  syncBuiltinExports: require("node:module").syncBuiltinESMExports,
  isIdle: () => process.getActiveResourcesInfo().every((one) => idle.has(one)),
});`;
}
