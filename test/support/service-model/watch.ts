import type { ServiceReply } from "../../../runtime/rehearsal/services/service.js";
import { deviations } from "./deviations.js";
import type { ServiceModel } from "./model.js";
import { type Asked, calledBy } from "./operations.js";
import { replyViolations } from "./reply.js";
import { requestViolations } from "./request.js";
import { told, type Violation } from "./violation.js";

/** A message that breaks the model of the service that it was sent to, or came from. */
export interface Breach {
  readonly about: "request" | "reply";
  /** Id of the service in its model. */
  readonly service: string;
  readonly operation: string;
  readonly violation: Violation;
  /** Whether the service refused the call. */
  readonly isRefused: boolean;
}

/** `StartRecovery reply: job.jobID must …`. */
export function breachTold({ about, operation, violation }: Breach): string {
  return `${operation} ${about}: ${told(violation)}`;
}

/**
 * Judges one call and its answer by the model, known deviations left out. Calls of no modelled
 * operation are not judged.
 */
export function breachesOf(
  model: ServiceModel,
  request: Asked,
  reply: ServiceReply,
): readonly Breach[] {
  const called = calledBy(model, request);
  if (!called) return [];
  const { name: operation } = called.operation;
  const { serviceId: service } = model.metadata;
  const isNextPage = request.body.includes('"nextToken"');
  const unknown = (isSound: boolean) => (violation: Violation) =>
    !deviations.some((one) => one.covers(violation, { service, operation, isSound, isNextPage }));
  const asked = requestViolations(model, called, request).filter(unknown(true));
  const answered = replyViolations(model, called.operation, reply).filter(
    unknown(asked.length === 0),
  );
  const isRefused = reply.status >= 400;
  const breach = (about: Breach["about"]) => (violation: Violation) => ({
    about,
    service,
    operation,
    violation,
    isRefused,
  });
  return [...asked.map(breach("request")), ...answered.map(breach("reply"))];
}
