import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Instant, plusSeconds } from "../../core/instant.js";
import type { FunctionResult } from "../states-language/index.js";
import type { VirtualClock } from "../virtual-clock.js";
import { unpackArchive } from "./archive.js";
import { logGroupOf, logStream } from "./environment.js";
import type { HostedFunction } from "./hosted-function.js";
import { createPool, type IssuedCredentials, type SandboxPool, type StartSandbox } from "./pool.js";
import type { ReportedError, SandboxInvocation } from "./sandbox.js";
import { type SandboxOutcome, startSandbox, type WarmSandbox } from "./warm-sandbox.js";

export type { IssuedCredentials };

/** One event that a function was given, for logs and for the rehearsal's verdict. */
export interface InvocationRecord {
  readonly requestId: string;
  readonly functionName: string;
  readonly at: Instant;
  readonly payload: unknown;
  /** Whether a sandbox had to be started for it. */
  readonly isCold: boolean;
  readonly lines: readonly string[];
  readonly error?: ReportedError;
}

export interface LambdaHostSettings {
  readonly functions: readonly HostedFunction[];
  readonly clock: VirtualClock;
  readonly gatewayUrl: string;
  /** Issues a session of a function's role. */
  readonly credentialsFor: (
    roleArn: string,
    sessionName: string,
    now: Instant,
  ) => IssuedCredentials;
  /** Folder from which relative paths of assets are taken. */
  readonly programFolder: string;
  /** Jitter and ids of the functions repeat with it. */
  readonly seed: number;
  /**
   * Invocations that run at the same time. With one, all calls of a rehearsal happen in one order.
   *
   * @defaultValue 1
   */
  readonly concurrency?: number;
  /**
   * Real seconds in which an invocation may use up one second of its time-out. Virtual time stands
   * still during an invocation, so time-outs are measured in real time; slow machines need more.
   *
   * @defaultValue 1
   */
  readonly realTimeFactor?: number;
  /** ARNs of functions that run besides what is rehearsed: how often they do changes no id or jitter of the others. */
  readonly asides?: ReadonlySet<string>;
  readonly onInvocation?: (record: InvocationRecord) => void;
  /** What stands for Lambda's environments. Worker threads when absent. */
  readonly startSandbox?: StartSandbox;
}

/** The invocation under way, as faults see it: whoever calls a service now is it. */
export interface RunningInvocation {
  readonly requestId: string;
  /** Whether its function runs besides what is rehearsed. */
  readonly isAside: boolean;
  /** Ends its sandbox as if it had died, or run out of time: then its failure is told when its time is up. */
  end(how: "exit" | "time-out"): Promise<void>;
  /**
   * Lets it wait for something so many seconds. They pass at its end, before its answer is told: what
   * waits for different things waits for them side by side. Out of time, it ends.
   */
  spend(waitsFor: string, seconds: number): Promise<void>;
}

/** Runs the program's functions, as they would be deployed, in worker threads on the virtual clock. */
export interface LambdaHost {
  /**
   * Queues an event; the clock stands still until it is answered. A function's own errors are
   * answers, never rejections.
   */
  invoke(functionArn: string, payload: unknown): Promise<FunctionResult>;
  /** The newest of the invocations that run; with a concurrency of one, the only one. */
  running(): RunningInvocation | undefined;
  close(): Promise<void>;
}

interface Hosted {
  readonly fn: HostedFunction;
  /** Its code is unpacked for its first event. */
  pool: SandboxPool | undefined;
  /** Queued and running: all of them happen at one virtual moment. */
  inFlight: number;
}

/** A host of the given functions, which it unpacks into a folder of its own that `close` removes. */
export function createLambdaHost(settings: LambdaHostSettings): LambdaHost {
  const { clock, gatewayUrl, concurrency = 1, realTimeFactor = 1 } = settings;
  const start = settings.startSandbox ?? startSandbox;
  const home = mkdtempSync(join(tmpdir(), "rehearsal-functions-"));
  const hosted = new Map<string, Hosted>(
    settings.functions.map((fn) => [fn.arn, { fn, pool: undefined, inFlight: 0 }]),
  );
  const queue: (() => Promise<void>)[] = [];
  const underWay: Invocation[] = [];
  let running = 0;
  let [invocations, asides] = [0, 0];
  const isAside = ({ arn }: HostedFunction): boolean => settings.asides?.has(arn) ?? false;

  function poolOf(fn: HostedFunction): SandboxPool {
    const folder = join(home, `${fn.account}-${fn.region}-${fn.name}`);
    unpackArchive(fn.code, folder, settings.programFolder);
    const issue = (now: Instant): IssuedCredentials =>
      settings.credentialsFor(fn.roleArn, fn.name, now);
    return createPool({ fn, folder, clock, gatewayUrl, issue, startSandbox: start });
  }

  function invocationOf(fn: HostedFunction, payload: unknown): SandboxInvocation {
    const ordinal = isAside(fn) ? ++asides : ++invocations;
    const group = isAside(fn) ? "9000" : "8000";
    return {
      requestId: `00000000-0000-4000-${group}-${String(ordinal).padStart(12, "0")}`,
      functionName: fn.name,
      functionArn: fn.arn,
      memoryMib: fn.memoryMib,
      logGroup: logGroupOf(fn),
      logStream,
      seed: Math.imul(settings.seed + 1, 0x9e3779b1) ^ Math.imul(ordinal, 0x85ebca6b),
      payload: JSON.stringify(payload) ?? "null",
      realLimitMs: fn.timeoutSeconds * 1000 * realTimeFactor,
      realTimeFactor,
    };
  }

  async function runOne(target: Hosted, payload: unknown): Promise<Told> {
    const { fn } = target;
    const at = clock.now();
    const invocation = invocationOf(fn, payload);
    const current = new Invocation(invocation.requestId, fn.timeoutSeconds, isAside(fn));
    underWay.push(current);
    const poolOfTarget = (): SandboxPool => {
      target.pool ??= poolOf(fn);
      return target.pool;
    };
    const { isCold, ...outcome } = await outcomeOf(poolOfTarget, invocation, current);
    underWay.splice(underWay.indexOf(current), 1);
    settings.onInvocation?.({
      requestId: invocation.requestId,
      functionName: fn.name,
      at,
      payload,
      isCold,
      lines: outcome.lines,
      ...(outcome.kind === "failed" ? { error: outcome.error } : {}),
    });
    return { result: resultOf(outcome), afterSeconds: current.spentSeconds };
  }

  function startNext(): void {
    while (running < concurrency) {
      const next = queue.shift();
      if (next === undefined) return;
      running += 1;
      void next().finally(() => {
        running -= 1;
        startNext();
      });
    }
  }

  function enqueue(target: Hosted, payload: unknown): Promise<Told> {
    return new Promise((resolve, reject) => {
      queue.push(() => runOne(target, payload).then(resolve, reject));
      startNext();
    });
  }

  /** The time that an invocation spent waiting passes before its answer is told. */
  async function answerOf(target: Hosted, payload: unknown): Promise<FunctionResult> {
    target.inFlight += 1;
    try {
      const { result, afterSeconds } = await clock.hold(enqueue(target, payload));
      if (afterSeconds > 0) await passing(clock, afterSeconds);
      return result;
    } finally {
      target.inFlight -= 1;
    }
  }

  async function invoke(functionArn: string, payload: unknown): Promise<FunctionResult> {
    const target = hosted.get(unqualified(functionArn));
    if (target === undefined) return notFound(functionArn);
    const { reservedConcurrency = Number.POSITIVE_INFINITY } = target.fn;
    if (target.inFlight >= reservedConcurrency) return tooManyRequests;
    return answerOf(target, payload);
  }

  async function close(): Promise<void> {
    await Promise.all([...hosted.values()].map(({ pool }) => pool?.close()));
    rmSync(home, { recursive: true, force: true });
  }

  return { invoke, running: () => underWay.at(-1), close };
}

/** What an invocation came to, and how much later that is known. */
interface Told {
  readonly result: FunctionResult;
  readonly afterSeconds: number;
}

class Invocation implements RunningInvocation {
  readonly requestId: string;
  readonly isAside: boolean;
  private sandbox: WarmSandbox | undefined;
  private readonly timeoutSeconds: number;
  private readonly waits = new Map<string, number>();

  constructor(requestId: string, timeoutSeconds: number, isAside: boolean) {
    this.requestId = requestId;
    this.isAside = isAside;
    this.timeoutSeconds = timeoutSeconds;
  }

  get spentSeconds(): number {
    return Math.min(this.timeoutSeconds, Math.max(0, ...this.waits.values()));
  }

  async end(how: "exit" | "time-out"): Promise<void> {
    const seconds = this.timeoutSeconds;
    if (how === "time-out") this.waits.set("time-out", seconds);
    await this.sandbox?.end(how === "exit" ? { kind: "exit" } : { kind: "time-out", seconds });
  }

  async spend(waitsFor: string, seconds: number): Promise<void> {
    const spent = (this.waits.get(waitsFor) ?? 0) + seconds;
    this.waits.set(waitsFor, spent);
    if (spent >= this.timeoutSeconds) await this.end("time-out");
  }

  run(sandbox: WarmSandbox, invocation: SandboxInvocation): Promise<SandboxOutcome> {
    this.sandbox = sandbox;
    return sandbox.run(invocation, this.timeoutSeconds, (seconds) => {
      void this.spend("itself", seconds);
    });
  }
}

function passing(clock: VirtualClock, seconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.at(plusSeconds(clock.now(), seconds), resolve);
  });
}

/** A sandbox that cannot be started fails the invocation as Lambda itself would. */
async function outcomeOf(
  poolOf: () => SandboxPool,
  invocation: SandboxInvocation,
  current: Invocation,
): Promise<SandboxOutcome & { readonly isCold: boolean }> {
  try {
    const pool = poolOf();
    const { sandbox, isCold } = pool.take();
    const outcome = await current.run(sandbox, invocation);
    pool.giveBack(sandbox);
    return { ...outcome, isCold };
  } catch (thrown) {
    const errorMessage = thrown instanceof Error ? thrown.message : String(thrown);
    const error = { errorType: "Lambda.AWSLambdaException", errorMessage, trace: [] };
    return { kind: "failed", error, lines: [], isCold: true };
  }
}

/** ARNs may end in a version or an alias; all of them are the code that the program registered. */
function unqualified(functionArn: string): string {
  return functionArn.split(":").slice(0, 7).join(":");
}

const tooManyRequests: FunctionResult = {
  ok: false,
  error: "Lambda.TooManyRequestsException",
  cause: "Rate Exceeded.",
};

function notFound(functionArn: string): FunctionResult {
  const cause = `Function not found: ${functionArn}`;
  return { ok: false, error: "Lambda.ResourceNotFoundException", cause };
}

/** The cause is the error as the function's runtime told it, as JSON. */
function resultOf(outcome: SandboxOutcome): FunctionResult {
  if (outcome.kind === "done") return { ok: true, payload: JSON.parse(outcome.payload) };
  return { ok: false, error: outcome.error.errorType, cause: JSON.stringify(outcome.error) };
}
