import type { LaneKey } from "../../core/lane.js";
import type { DrsEmulator } from "../services/drs/drs.js";
import { fractionOf } from "../services/hashing.js";
import type { Execution, States } from "../states-language/index.js";
import type { Course } from "./course.js";
import type { Fault, FaultOf } from "./profile.js";

/** The estate in which others are at work while an execution runs. */
export interface Scenery {
  readonly drs: DrsEmulator;
  readonly states: States;
  /** Lanes of the plan. */
  readonly lanes: readonly LaneKey[];
  readonly machines: { readonly recoverPlanArn: string; readonly recoverLaneArn: string };
}

/** What people beside the orchestrator do: strangers in DRS, and operators at the state machines. */
export class Others {
  private readonly course: Course;
  private readonly faults: readonly Fault[];
  private readonly stopped = new Set<string>();

  constructor(course: Course, faults: readonly Fault[]) {
    this.course = course;
    this.faults = faults;
  }

  /** Sets the moments at which they act. */
  begin(scenery: Scenery): void {
    for (const [index, fault] of this.faults.entries()) {
      if (fault.kind === "stranger") {
        this.course.after(fault.atSeconds, () => this.stranger(fault, index, scenery));
      }
      if (fault.kind === "restarted-machine") {
        this.course.after(fault.atSeconds, () => this.restart(fault, scenery));
      }
    }
  }

  /** Whether somebody stopped an execution of a state machine by hand. */
  hasStopped(executionArn: string): boolean {
    return this.stopped.has(executionArn);
  }

  /** Takes what is free at the moment: a stranger too is refused what another job holds. */
  private stranger(fault: FaultOf<"stranger">, index: number, { drs, lanes }: Scenery): void {
    if (this.course.sinceSeconds() === undefined) return;
    const fraction = (what: string) => fractionOf(this.course.seed, "stranger", index, what);
    const lane = lanes[Math.floor(fraction("lane") * lanes.length)];
    if (lane === undefined) return;
    const shuffled = <T>(all: readonly T[], id: (one: T) => string): readonly T[] =>
      all.toSorted((a, b) => fraction(id(a)) - fraction(id(b))).slice(0, fault.servers);
    const active = drs.jobs(lane).filter(({ status }) => status !== "COMPLETED");
    const busy = new Set(active.flatMap((job) => job.participants.map(({ server }) => server)));
    if (fault.does === "terminate") {
      const free = drs
        .instances(lane)
        .filter(({ server, isDrill }) => isDrill && !busy.has(server));
      const instances = shuffled(free, ({ instance }) => instance).map((one) => one.instance);
      if (instances.length > 0) this.counted(drs.stranger.terminate(lane, instances));
      return;
    }
    const free = drs.servers(lane).filter(({ server }) => !busy.has(server));
    const servers = shuffled(free, ({ server }) => server).map((one) => one.server);
    const isDrill = fault.does === "drill";
    if (servers.length > 0) this.counted(drs.stranger.startRecovery(lane, servers, { isDrill }));
  }

  private counted(answer: object): void {
    if (!("refused" in answer)) this.course.count("stranger");
  }

  private restart(
    { machine, how }: FaultOf<"restarted-machine">,
    { states, machines }: Scenery,
  ): void {
    if (this.course.sinceSeconds() === undefined) return;
    const machineArn = machine === "plan" ? machines.recoverPlanArn : machines.recoverLaneArn;
    const newest = states.executions(machineArn).at(-1);
    if (!newest) return;
    this.course.count("restarted-machine");
    if (how === "stopped" || how === "stopped-first") this.stop(states, newest);
    if (how === "stopped") return;
    const name = how === "same-name" ? newest.name : `${newest.name}-again`;
    try {
      states.start(machineArn, name, newest.input);
    } catch {
      // The console shows the operator that the name is taken; nobody else is told.
    }
  }

  private stop(states: States, { arn, status }: Execution): void {
    if (status !== "RUNNING") return;
    states.stop(arn, "stopped", "by an operator");
    this.stopped.add(arn);
  }
}
