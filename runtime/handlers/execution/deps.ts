import type {
  Clock,
  DrsOfLane,
  Journal,
  Library,
  Log,
  NewId,
  Notifier,
  QuotasOfLane,
  Workflows,
} from "../../core/ports.js";

/** What the execution function works with. */
export interface ExecutionDeps {
  readonly journal: Journal;
  readonly library: Library;
  readonly drs: DrsOfLane;
  readonly quotas: QuotasOfLane;
  readonly workflows: Workflows;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly random: () => number;
  readonly log: Log;
  /** Region in which this orchestrator runs: the one that may write the executions it starts. */
  readonly region: string;
}
