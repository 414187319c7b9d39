import { z } from "zod";
import {
  backlogSeconds,
  errorPercent,
  failureThreshold,
  healthCheckIntervalsSeconds,
  lagSeconds,
  suspensionMinutes,
  unhealthyMinutes,
} from "../../limits.js";
import { atLeastOne, flag, name, text, wholeOrDefault, wordings } from "../parts.js";
import { perSide, word } from "./parts.js";

const domainName = text(
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)+$/,
  "a whole domain name in lower case",
  'Write it without a final dot, as in "api.shop.example".',
);

/** The public names of the cell's services, and what turns their clients to the other Region. */
export const traffic = z.strictObject({
  zoneId: text(/^Z[0-9A-Z]{1,31}$/, "the id of a hosted zone", 'As in "Z0123456789ABCDEFGHIJ".'),
  records: atLeastOne(z.strictObject({ name: domainName, service: name }), "record"),
  turnsBy: word(
    ["health", "standby-takes-over", "routing-control"],
    "Choose whether health turns traffic by itself, or an operator.",
  ),
  routing: word(["failover", "latency"]).default("failover"),
  requestIntervalSeconds: z
    .literal(healthCheckIntervalsSeconds)
    .register(wordings, {
      rule: `${healthCheckIntervalsSeconds.join(" or ")} seconds`,
      remedy: "Choose one of the two: Route 53 has no other.",
    })
    .default(healthCheckIntervalsSeconds[0]),
  failureThreshold: wholeOrDefault(failureThreshold),
  /** Whether Global Accelerator stands before the load balancers of the first record's service too. */
  accelerated: flag().default(false),
});

const healthUrl = text(
  /^https:\/\/[a-z0-9.-]+(:\d{1,5})?\/\S*$/,
  "an address that begins with https://",
  "Name what that Region itself answers: a name that fails over says nothing of it.",
);

/** When alarms of the surviving Region go off. */
export const watch = z.strictObject({
  /** What each Region itself answers with success while it can serve: the other one asks it every minute. */
  healthUrls: perSide(healthUrl),
  decideWhen: word(["unhealthy", "unhealthy-and-lagging"]).default("unhealthy"),
  unhealthyMinutes: wholeOrDefault(unhealthyMinutes),
  lagSeconds: wholeOrDefault(lagSeconds),
  backlogSeconds: wholeOrDefault(backlogSeconds),
  errorPercent: wholeOrDefault(errorPercent),
  suspensionMinutes: wholeOrDefault(suspensionMinutes),
});
