import {
  failureThreshold,
  rtoMinutes,
  scaleSeconds,
  ttlSeconds,
  verifySeconds,
} from "../../runtime/limits.js";
import { Problems, type Rule, within } from "../arguments.js";
import { checkCell, regionsOf } from "../cells/cell.js";
import { kindOf, type Side, sides } from "./endpoint.js";
import type { FailoverRoutingArgs } from "./failover-routing.js";
import { leafName } from "./records.js";
import { requestInterval } from "./request-interval.js";
import { aliasTtlSeconds, type RoutingSettings } from "./settings.js";

/** Regions from which Route 53 asks. Source: HealthCheckConfig, Route 53 API Reference. */
const checkers = [
  "ap-northeast-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-west-1",
  "sa-east-1",
  "us-east-1",
  "us-west-1",
  "us-west-2",
];
const fewestCheckers = 3;

/** Everything that is wrong with a name's routing, before anything is created. */
export function failoverRoutingProblems(
  args: FailoverRoutingArgs,
  settings: RoutingSettings,
): Problems {
  const problems = new Problems();
  checkCell(problems, args.cell);
  problems.check("recordName", domainName, args.recordName);
  problems.add("recordName", leafProblem(args, settings));
  problems.check("requestIntervalSeconds", requestInterval, settings.requestIntervalSeconds);
  problems.check("failureThreshold", within(failureThreshold), settings.failureThreshold);
  problems.check("ttlSeconds", within(ttlSeconds), settings.ttlSeconds);
  problems.add("ttlSeconds", aliasTtlProblem(args, settings));
  problems.add("checkerRegions", checkersProblem(args.checkerRegions));
  problems.add("endpoints.recovery.target", kindsProblem(args));
  problems.add("turnsBy", switchProblem(args));
  for (const side of sides) endpointProblems(problems, args, side);
  if (settings.rtoMinutes !== undefined) {
    problems.check("objectives.rtoMinutes", within(rtoMinutes), settings.rtoMinutes);
    const { scaleSeconds: scale = scaleSeconds.default } = settings;
    const { verifySeconds: verify = verifySeconds.default } = settings;
    problems.check("objectives.scaleSeconds", within(scaleSeconds), scale);
    problems.check("objectives.verifySeconds", within(verifySeconds), verify);
    problems.add("objectives.rtoMinutes", promiseProblem(settings, settings.rtoMinutes));
  }
  return problems;
}

function endpointProblems(problems: Problems, args: FailoverRoutingArgs, side: Side): void {
  const { target, check, alarm } = args.endpoints[side];
  const path = `endpoints.${side}`;
  if (args.turnsBy !== "health" && "alias" in target && target.alias.evaluateTargetHealth) {
    problems.add(
      `${path}.target.alias.evaluateTargetHealth`,
      "must be false where an operator turns traffic, got true. The health of targets would turn it without one",
    );
  }
  problems.check(`${path}.check.path`, requestPath, check.path);
  if (alarm?.whenInsufficient === "Unhealthy" && alarm.failsWhen === "any") {
    problems.add(
      `${path}.alarm.whenInsufficient`,
      'must be "Healthy" or "LastKnownStatus" where the alarm alone may fail the endpoint, got "Unhealthy". Choose one, or let the endpoint fail when "all" do',
    );
  }
}

const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** Route 53 keeps names in lower case; another spelling would be another resource to Pulumi. */
const domainName: Rule<string> = (name) => {
  const labels = name.split(".");
  if (name.length <= 253 && labels.length > 1 && labels.every((part) => label.test(part)))
    return undefined;
  return `must be a whole domain name in lower case without a final dot, such as "api.shop.example", got "${name}"`;
};

const requestPath: Rule<string> = (path) =>
  path.startsWith("/") && path.length <= 255
    ? undefined
    : `must begin with "/" and have at most 255 characters, got "${path}"`;

function leafProblem(
  { cell, recordName }: FailoverRoutingArgs,
  { routing }: RoutingSettings,
): string | undefined {
  if (routing === "failover") return undefined;
  const tooLong = regionsOf(cell).find((region) => leafName(recordName, region).length > 253);
  if (tooLong === undefined) return undefined;
  return `must leave room for the name of each Region, 253 characters in all, got ${leafName(recordName, tooLong).length} with "${tooLong}". Choose a shorter one`;
}

function aliasTtlProblem(
  { endpoints }: FailoverRoutingArgs,
  settings: RoutingSettings,
): string | undefined {
  const isAlias = sides.some((side) => kindOf(endpoints[side].target) === "alias");
  if (!isAlias || settings.ttlSeconds === aliasTtlSeconds) return undefined;
  return `must be ${aliasTtlSeconds} seconds where a target is a load balancer, got ${settings.ttlSeconds}. Leave it out: an alias has no other`;
}

function checkersProblem(regions: readonly string[] | undefined): string | undefined {
  if (regions === undefined) return undefined;
  const known = new Set(regions.filter((region) => checkers.includes(region)));
  if (known.size === regions.length && known.size >= fewestCheckers) return undefined;
  const given = regions.map((region) => `"${region}"`).join(", ");
  return `must name at least ${fewestCheckers} of Route 53's Regions (${checkers.join(", ")}), each once, got ${given || "none"}. Leave it out for all`;
}

function kindsProblem({ endpoints }: FailoverRoutingArgs): string | undefined {
  const [one, other] = [kindOf(endpoints.primary.target), kindOf(endpoints.recovery.target)];
  if (one === other) return undefined;
  return `must be of the same kind as the primary's, ${one}, got ${other}. Records of one name have one type`;
}

/** A switch of another cell says nothing about these Regions. */
function switchProblem({ cell, turnsBy }: FailoverRoutingArgs): string | undefined {
  if (turnsBy === "health") return undefined;
  const missing = regionsOf(cell).find((region) => !Object.hasOwn(turnsBy.checkIds, region));
  if (missing === undefined) return undefined;
  const known = Object.keys(turnsBy.checkIds).map((region) => `"${region}"`);
  return `must be "health" or a switch of both Regions of the cell, got one of ${known.join(" and ")} without "${missing}". Give the cell its own`;
}

function promiseProblem(settings: RoutingSettings, promised: number): string | undefined {
  const { turnsBy, dnsFailoverSeconds, ttlSeconds: ttl } = settings;
  if (promised * 60 >= dnsFailoverSeconds) return undefined;
  const detection = `${settings.requestIntervalSeconds} s × ${settings.failureThreshold} + ${ttl} s`;
  const sum = turnsBy === "health" ? detection : `${dnsFailoverSeconds - ttl} s + ${ttl} s`;
  return `must be at least the ${dnsFailoverSeconds} seconds that turning traffic takes (${sum}), got ${promised} minutes. Ask more often, keep answers shorter, or promise less`;
}
