import { ttlSeconds } from "../../runtime/limits.js";
import { known, UNKNOWN, uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";

const recordType = "aws:route53/record:Record";
const mostSeconds = ttlSeconds.default;

/** Source: Route 53 Developer Guide, a record without a health check is always healthy. */
export const recordsTurn: Rule = {
  name: "dr-records-turn",
  description: `Records that a failover turns are watched, and resolvers keep their answers for at most ${mostSeconds} s.`,
  why: "A record that nobody watches keeps its clients on the dead Region; a long TTL keeps them longer.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "Give primary and latency records a health check, or an alias that evaluates its target; lower the TTL.",
  url: awsPages.dnsFailover,
  validateResource: ({ type, props }, report) => {
    if (type !== recordType) return;
    const role = known(() => roleOf(props));
    if (role === UNKNOWN) return uncheckable("failoverRoutingPolicies");
    if (role === undefined) return;
    const open: string[] = [];
    const ttl = known(() => props.ttl as number | undefined);
    if (ttl === UNKNOWN) open.push("ttl");
    else if (ttl !== undefined && ttl > mostSeconds) {
      report(
        `ttl must be at most ${mostSeconds} s, got ${ttl}. Lower it: resolvers keep the dead Region as long.`,
      );
    }
    if (role === "SECONDARY" || "healthCheckId" in props) return uncheckable(...open);
    const evaluates = known(
      () => (props.aliases as readonly Alias[] | undefined)?.[0]?.evaluateTargetHealth,
    );
    if (evaluates === UNKNOWN) open.push("aliases[0].evaluateTargetHealth");
    else if (evaluates !== true) {
      report(
        `healthCheckId must name a health check on a ${role} record, got none. Watch it, or let its alias evaluate the target's health.`,
      );
    }
    uncheckable(...open);
  },
};

interface Alias {
  readonly evaluateTargetHealth?: boolean;
}

/** What a record is in a failover: `PRIMARY`, `SECONDARY`, or one of several by latency. */
function roleOf({ failoverRoutingPolicies, latencyRoutingPolicies }: Routing): string | undefined {
  return failoverRoutingPolicies?.[0]?.type ?? (latencyRoutingPolicies?.[0] && "latency");
}

interface Routing {
  readonly failoverRoutingPolicies?: readonly { readonly type: string }[];
  readonly latencyRoutingPolicies?: readonly { readonly region: string }[];
}
