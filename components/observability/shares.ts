import type { Problems } from "../arguments.js";

/** What an account may share with the one that observes. */
export type ObservedKind = "logs" | "metrics" | "traces";

/** Source: PutSinkPolicy, CloudWatch Observability Access Manager API reference. */
const resourceTypes: Readonly<Record<ObservedKind, string>> = {
  metrics: "AWS::CloudWatch::Metric",
  logs: "AWS::Logs::LogGroup",
  traces: "AWS::XRay::Trace",
};

/** As CloudWatch calls them, in one order. */
export function resourceTypesOf(kinds: readonly ObservedKind[]): readonly string[] {
  return kinds.map((kind) => resourceTypes[kind]).toSorted();
}

/** Adds what is wrong with a choice of kinds. */
export function checkShares(problems: Problems, shares: readonly ObservedKind[]): void {
  const isSet = shares.length > 0 && new Set(shares).size === shares.length;
  if (isSet && shares.every((kind) => Object.hasOwn(resourceTypes, kind))) return;
  const kinds = Object.keys(resourceTypes).join(", ");
  const given = shares.map((kind) => `"${kind}"`).join(", ") || "none";
  problems.add("shares", `must be some of ${kinds}, each once, got ${given}. Name what is shared`);
}
