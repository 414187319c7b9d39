import type { PolicyResource, StackValidationArgs } from "@pulumi/policy";
import { activationOf, awaitedIn } from "../../runtime/core/cells/copies.js";
import { failoverSteps, rtoBudget, type TurnsBy } from "../../runtime/core/cells/rto.js";
import { scaleSeconds, verifySeconds } from "../../runtime/limits.js";
import { known, UNKNOWN, uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { type StoreContract, storeOf } from "./stores.js";

const routingType = "aws-dr:traffic:FailoverRouting";

interface RoutingContract {
  readonly environment: string;
  readonly cell: string;
  readonly recordName: string;
  readonly turnsBy: TurnsBy;
  readonly requestIntervalSeconds: number;
  readonly failureThreshold: number;
  readonly ttlSeconds: number;
  readonly rtoMinutes?: number;
  readonly scaleSeconds?: number;
  readonly verifySeconds?: number;
}

/** The longest chain of steps that follow each other, before anybody has thought. */
export const cellWithinRto: Rule = {
  name: "dr-cell-within-rto",
  description:
    "Detection, activation of stores, scaling, turning of traffic and tests fit into the RTO of a name.",
  why: "Each part may keep its own promise while their sum does not.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: "Shorten the longest chain (the message names it), or promise a longer RTO.",
  url: awsPages.recoveryObjectives,
  validateStack: (args, report) => {
    const open: string[] = [];
    for (const resource of args.resources.filter(({ type }) => type === routingType)) {
      const routing = known(() => routingOf(resource));
      if (routing === UNKNOWN) open.push(`${resource.name}.rtoMinutes`);
      else if (routing.rtoMinutes !== undefined) {
        const problem = problemOf(routing, routing.rtoMinutes, storesOf(args, routing, open));
        if (problem) report(problem, resource.urn);
      }
    }
    uncheckable(...open);
  },
};

function problemOf(
  routing: RoutingContract,
  rtoMinutes: number,
  stores: readonly StoreContract[],
): string | undefined {
  const promotions = awaitedIn(stores).map((store) => ({
    name: store.name,
    seconds: activationOf(store),
  }));
  const { requestIntervalSeconds, failureThreshold, ttlSeconds, turnsBy, recordName } = routing;
  const steps = failoverSteps({
    dns: { requestIntervalSeconds, failureThreshold, ttlSeconds },
    turnsBy,
    promotions,
    scaleSeconds: routing.scaleSeconds ?? scaleSeconds.default,
    verifySeconds: routing.verifySeconds ?? verifySeconds.default,
  });
  const { criticalPath, machineSeconds, decisionSeconds } = rtoBudget(rtoMinutes * 60, steps);
  if (decisionSeconds >= 0) return undefined;
  const chain = criticalPath.map(({ name, seconds }) => `${name} ${seconds} s`).join(", ");
  return (
    `rtoMinutes of ${recordName} must leave ${machineSeconds} s for ${chain}, got ${rtoMinutes * 60} s. ` +
    `Promise at least ${Math.ceil(machineSeconds / 60)} minutes, and more for a person to decide in.`
  );
}

function routingOf({ props }: PolicyResource): RoutingContract {
  const { environment, cell, recordName, turnsBy, requestIntervalSeconds } = props;
  const { failureThreshold, ttlSeconds, rtoMinutes, scaleSeconds, verifySeconds } = props;
  return {
    environment,
    cell,
    recordName,
    turnsBy,
    requestIntervalSeconds,
    failureThreshold,
    ttlSeconds,
    rtoMinutes,
    scaleSeconds,
    verifySeconds,
  };
}

/** The stores of the same cell; what is unknown of one is noted. */
function storesOf(
  { resources }: StackValidationArgs,
  routing: RoutingContract,
  open: string[],
): readonly StoreContract[] {
  return resources.flatMap((resource) => {
    const store = storeOf(resource);
    if (store === UNKNOWN) open.push(`${resource.name}.activationSeconds`);
    if (store === UNKNOWN || store === undefined) return [];
    const isBeside = store.environment === routing.environment && store.cell === routing.cell;
    return isBeside ? [store] : [];
  });
}
