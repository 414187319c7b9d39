import { type Instant, plusSeconds, secondsBetween } from "../../core/instant.js";
import type { Timeline } from "../clock.js";
import type { RunningInvocation } from "../lambda/host.js";
import type { FaultKind } from "./profile.js";
import { Tally } from "./tally.js";

export interface CourseSettings {
  readonly seed: number;
  readonly clock: Timeline;
  /**
   * The invocation whose call is at the gateway. Absent where clients call of which nothing is known: they
   * wait by a clock of their own, and may ask the same twice at one moment.
   */
  readonly running?: () => RunningInvocation | undefined;
}

/** The course of one execution, as far as its faults need to know: its time, and what was injected. */
export class Course {
  readonly seed: number;
  /** Whether nobody runs those who call. */
  readonly hasUnknownCallers: boolean;
  private readonly injections = new Tally();
  private readonly occasions = new Tally();
  private readonly clock: Timeline;
  private readonly running: NonNullable<CourseSettings["running"]>;
  private readonly disturbedIds = new Set<string>();
  private began: Instant | undefined;
  private lastAt: Instant | undefined;

  constructor({ seed, clock, running }: CourseSettings) {
    this.seed = seed;
    this.clock = clock;
    this.running = running ?? (() => undefined);
    this.hasUnknownCallers = running === undefined;
  }

  begin(): void {
    this.began = this.clock.now();
  }

  /** Nothing is injected any more. */
  end(): void {
    this.began = undefined;
  }

  /** Seconds since the execution began; nothing before, and after its end. */
  sinceSeconds(): number | undefined {
    return this.began === undefined ? undefined : secondsBetween(this.began, this.clock.now());
  }

  /** Counts something that a fault could have met. */
  seen(what: string): void {
    this.occasions.add(what);
  }

  count(kind: FaultKind): void {
    this.injections.add(kind);
    this.lastAt = this.clock.now();
  }

  /** When the last fault was injected. */
  lastInjectedAt(): Instant | undefined {
    return this.lastAt;
  }

  /** How often each kind of fault was injected. */
  injected(): Readonly<Record<string, number>> {
    return this.injections.counted();
  }

  /** How often there was each thing that a fault could have met. */
  chances(): Readonly<Record<string, number>> {
    return this.occasions.counted();
  }

  /** Counts a fault, and remembers that the invocation that runs has met it. */
  disturbed(kind: FaultKind): RunningInvocation | undefined {
    this.count(kind);
    const running = this.running();
    if (running) this.disturbedIds.add(running.requestId);
    return running;
  }

  /** Whether a function calls that runs besides the execution. */
  runsAside(): boolean {
    return this.running()?.isAside ?? false;
  }

  /** Remembers that what runs besides the execution has met a fault. Counts nothing: none was meant for it. */
  disturbedAside(): RunningInvocation | undefined {
    const running = this.running();
    if (running) this.disturbedIds.add(running.requestId);
    return running;
  }

  isDisturbed(requestId: string): boolean {
    return this.disturbedIds.has(requestId);
  }

  /** Does something later. What takes a while must hold the clock by itself. */
  after(seconds: number, what: () => void): void {
    this.clock.at(plusSeconds(this.clock.now(), seconds), what);
  }

  /** Keeps the clock still until the work is done, whatever comes of it. */
  held(work: Promise<unknown>): void {
    this.clock.hold(work).catch(() => undefined);
  }

  /** Waits while the clock moves. */
  sleep(seconds: number): Promise<void> {
    return new Promise((resolve) => this.after(seconds, resolve));
  }
}
