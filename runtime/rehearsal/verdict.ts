import type { Faults } from "./faults/faults.js";
import type { Denial } from "./guard.js";
import type { InvocationRecord } from "./lambda/host.js";
import type { Execution } from "./states-language/index.js";

/** What went on behind an execution. */
export interface Evidence {
  readonly denials: readonly Denial[];
  readonly invocations: readonly InvocationRecord[];
  readonly executions: readonly Execution[];
  readonly faults: Pick<Faults, "isDisturbed" | "hasStopped" | "injected">;
}

/** Errors by which a function says that a lane cannot be read now; the machines repeat them. */
const passing: ReadonlySet<string> = new Set(["lane-throttled", "lane-unreachable"]);

/**
 * Why a rehearsal is failed whatever became of its servers: IAM denied something, a function
 * threw, or a state machine failed. Nothing where all went as it would have to.
 *
 * What an injected fault brings about is no defect: neither that the function threw which met it, nor
 * that a machine was stopped or gave its lane up. What became of the servers tells how they were borne.
 */
export function defectOf({
  denials,
  invocations,
  executions,
  faults,
}: Evidence): string | undefined {
  const undisturbed = invocations.filter(({ requestId }) => !faults.isDisturbed(requestId));
  const isCalm = Object.keys(faults.injected()).length === 0;
  const telling = executions.filter(
    ({ arn, error }) => !faults.hasStopped(arn) && (isCalm || error !== "lane-lost"),
  );
  const found = [
    ...new Set(denials.map(denialText)),
    ...new Set(undisturbed.flatMap(errorText)),
    ...telling.flatMap(failureText),
  ];
  const [first, ...others] = found;
  if (first === undefined || others.length === 0) return first;
  return `${first} (and ${others.length} more defect${others.length > 1 ? "s" : ""})`;
}

function denialText({ principal, action, resource, reason }: Denial): string {
  return `IAM denied ${action} on ${resource} to ${principal}: ${reason}`;
}

function errorText({ functionName, payload, error }: InvocationRecord): readonly string[] {
  if (error === undefined || passing.has(error.errorType)) return [];
  const operation = Object(payload).operation;
  const what = typeof operation === "string" ? ` (${operation})` : "";
  return [`function ${functionName}${what} threw ${error.errorType}: ${error.errorMessage}`];
}

function failureText({ arn, status, error, cause }: Execution): readonly string[] {
  if (status !== "FAILED" && status !== "ABORTED") return [];
  return [`state machine execution ${arn} ended as ${status}: ${error ?? ""}: ${cause ?? ""}`];
}
