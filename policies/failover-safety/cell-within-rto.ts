import type { PolicyResource } from "@pulumi/policy";
import { promotionsOf } from "../../runtime/core/cells/objectives.js";
import {
  type FailoverDurations,
  failoverSteps,
  isNoticed,
  rtoBudget,
  type TurnsBy,
} from "../../runtime/core/cells/rto.js";
import { scaleSeconds, verifySeconds } from "../../runtime/limits.js";
import { known, UNKNOWN, uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { storeOf } from "./stores.js";

const routingType = "aws-dr:traffic:FailoverRouting";
const watchType = "aws-dr:watching:CellWatch";

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
    "The alarm that asks people, activation of stores, scaling, turning of traffic and tests fit into the RTO of a name.",
  why: "Each part may keep its own promise while their sum does not.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: "Shorten the longest chain (the message names it), or promise a longer RTO.",
  url: awsPages.recoveryObjectives,
  validateStack: ({ resources }, report) => {
    const open: string[] = [];
    for (const resource of resources.filter(({ type }) => type === routingType)) {
      const routing = known(() => routingOf(resource));
      if (routing === UNKNOWN) open.push(`${resource.name}.rtoMinutes`);
      else if (routing.rtoMinutes !== undefined) {
        const beside = besideOf(resource, routing, resources);
        open.push(...beside.open);
        const problem = problemOf(routing, routing.rtoMinutes, beside);
        if (problem) report(problem, resource.urn);
      }
    }
    uncheckable(...open);
  },
};

/** What the cell of a name has beside it, and what a preview does not tell of that. */
interface Beside {
  readonly promotions: FailoverDurations["promotions"];
  readonly detectionSeconds?: number | undefined;
  readonly open: readonly string[];
}

function problemOf(
  routing: RoutingContract,
  rtoMinutes: number,
  { promotions, detectionSeconds }: Beside,
): string | undefined {
  const { requestIntervalSeconds, failureThreshold, ttlSeconds, turnsBy, recordName } = routing;
  const steps = failoverSteps({
    dns: { requestIntervalSeconds, failureThreshold, ttlSeconds },
    turnsBy,
    detectionSeconds,
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

function besideOf(
  { name }: PolicyResource,
  { environment, cell, turnsBy }: RoutingContract,
  resources: readonly PolicyResource[],
): Beside {
  const isBeside = (one: Placed) => one.environment === environment && one.cell === cell;
  const stores = told(resources, storeOf, "activationSeconds", isBeside);
  const watches = told(resources, watchOf, "detectionSeconds", isBeside);
  const promotions = promotionsOf(stores.found);
  const detectionSeconds = watches.found[0]?.detectionSeconds;
  const isToldOf = isNoticed({ turnsBy, detectionSeconds, promotions }) || watches.open.length > 0;
  const unwatched = `${name}.detectionSeconds, for want of a CellWatch of ${environment}/${cell},`;
  const open = [...stores.open, ...watches.open, ...(isToldOf ? [] : [unwatched])];
  return { promotions, detectionSeconds, open };
}

interface Placed {
  readonly environment: string;
  readonly cell: string;
}

interface WatchContract extends Placed {
  readonly detectionSeconds: number;
}

function watchOf({ type, props }: PolicyResource): WatchContract | typeof UNKNOWN | undefined {
  if (type !== watchType) return undefined;
  return known(() => {
    const { environment, cell, detectionSeconds } = props;
    return { environment, cell, detectionSeconds };
  });
}

/** The contracts of one cell; what is unknown of any is noted. */
function told<Contract extends Placed>(
  resources: readonly PolicyResource[],
  read: (resource: PolicyResource) => Contract | typeof UNKNOWN | undefined,
  part: string,
  isBeside: (contract: Placed) => boolean,
): { readonly found: readonly Contract[]; readonly open: readonly string[] } {
  const found: Contract[] = [];
  const open: string[] = [];
  for (const resource of resources) {
    const contract = read(resource);
    if (contract === UNKNOWN) open.push(`${resource.name}.${part}`);
    else if (contract !== undefined && isBeside(contract)) found.push(contract);
  }
  return { found, open };
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
