import type { Body } from "../body.js";
import {
  listOf,
  oneOf,
  type Reader,
  readRequired,
  structure,
  text,
  wholeNumber,
} from "../members.js";
import { invalidField } from "../refusal.js";
import { planLimits } from "./limits.js";
import type { PlanServer, StepConfiguration } from "./model.js";

/** Source: API model, StrictDRSARN. */
export const strictArn = text({
  min: 20,
  max: 2_048,
  pattern: /^arn:aws(-[a-z0-9]+)*:drs:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_/.-]+$/,
});

/** Name of a plan or a step. Source: API model. */
export const planName = text({ min: 1, max: 256, pattern: /^[a-zA-Z0-9][a-zA-Z0-9 _-]*$/ });

export const planDescription = text({ max: 1_024 });

export const stepOrder = wholeNumber(1, planLimits.stepsPerPlan);

export const waitDurationMinutes = wholeNumber(1, planLimits.waitMinutes);

const serverArn = text({
  min: 20,
  max: 2_048,
  pattern: /^arn:(?:[0-9a-zA-Z_-]+:){3}([0-9]{12,}):source-server\/(s-[0-9a-zA-Z]{17})$/,
});

const planServer: Reader<PlanServer> = (value, path) => {
  const readers = { serverArn, impactLevel: oneOf(["CRITICAL", "OPTIONAL"]) };
  const server = structure<PlanServer, "serverArn">(readers, ["serverArn"])(value, path);
  return { serverArn: server.serverArn, impactLevel: server.impactLevel ?? "CRITICAL" };
};

export const planServers = listOf(planServer, { min: 1, max: planLimits.serversPerPlan });

interface WireConfiguration {
  readonly serverStepConfiguration: { readonly servers: readonly PlanServer[] };
  readonly waitStepConfiguration: { readonly waitDurationMinutes: number };
}

/** A step's configuration: a union, of which one member must be given. */
export const stepConfiguration: Reader<StepConfiguration> = (value, path) => {
  const { serverStepConfiguration: server, waitStepConfiguration: wait } =
    structure<WireConfiguration>({
      serverStepConfiguration: structure({ servers: planServers }, ["servers"]),
      waitStepConfiguration: structure({ waitDurationMinutes }, ["waitDurationMinutes"]),
    })(value, path);
  if (server && !wait) return { kind: "server", servers: server.servers };
  if (wait && !server) return { kind: "wait", waitDurationMinutes: wait.waitDurationMinutes };
  throw invalidField(
    path,
    "must have exactly one of serverStepConfiguration and waitStepConfiguration",
  );
};

/** Reads one ARN that must be given. */
export function arnOf(body: Body, member: string): string {
  return readRequired<Record<string, string>, string>(body, { [member]: strictArn }, [member])[
    member
  ] as string;
}
