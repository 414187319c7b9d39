import { duration } from "../../wording.js";
import type { Fields } from "../fields.js";
import { type Component, countsByType } from "../tree.js";
import type { Turn } from "./model.js";

type Describe = (contract: Fields) => Omit<Turn, "key" | "ways" | "resources">;

/** What turns traffic, for a component that does and lies in no Region; nothing for others. */
export function turnOf({ resource, contract, below }: Component): Turn | undefined {
  const describe = Object.hasOwn(turns, resource.type) ? turns[resource.type] : undefined;
  if (describe === undefined) return undefined;
  const regions = ["primaryRegion", "recoveryRegion"].map((name) => contract.text(name) ?? "");
  const words = wayWords(resource.type, contract);
  return {
    key: resource.urn,
    ...describe(contract),
    resources: { [resource.type]: 1, ...countsByType(below) },
    ways: Object.fromEntries(regions.map((region, index) => [region, words[index] ?? ""])),
  };
}

const turns: Readonly<Record<string, Describe>> = {
  "aws-dr:traffic:FailoverRouting": (contract) => ({
    title: contract.text("recordName") ?? "record",
    facts: [turnedBy(contract), ...dnsFacts(contract)],
  }),
  "aws-dr:traffic:FailoverAccelerator": (contract) => ({
    title: "Global Accelerator",
    facts: ["two addresses that never change", turnedBy(contract), ...dnsFacts(contract)],
  }),
  "aws-dr:traffic:RoutingControls": (contract) => ({
    title: "Routing controls",
    facts: [
      "turned at any of five Regional endpoints, one of both always on",
      ...(contract.isTrue("gate") ? ["only while the gate is on"] : []),
    ],
  }),
};

function turnedBy(contract: Fields): string {
  switch (contract.text("turnsBy")) {
    case "health":
      return "turned by health checks alone";
    case "standby-takes-over":
      return "turned by people: the standby takes over";
    case "routing-control":
      return "turned by people: routing controls";
    default:
      return "turned by what nobody knows before the deployment";
  }
}

function dnsFacts(contract: Fields): readonly string[] {
  const [turning, ttl] = [contract.number("dnsFailoverSeconds"), contract.number("ttlSeconds")];
  const [interval, threshold] = [
    contract.number("requestIntervalSeconds"),
    contract.number("failureThreshold"),
  ];
  const rto = contract.number("rtoMinutes");
  const health =
    interval === undefined || threshold === undefined
      ? []
      : [`unhealthy after ${threshold} × ${duration(interval)}`];
  const answers = ttl === undefined || ttl === 0 ? [] : [`answers kept ${duration(ttl)}`];
  return [
    [...health, ...answers].join(", "),
    ...(turning === undefined ? [] : [`clients turn within ${duration(turning)}`]),
    ...(rto === undefined ? [] : [`promised: RTO ${duration(rto * 60)}`]),
  ].filter((fact) => fact !== "");
}

function wayWords(type: string, contract: Fields): readonly [string, string] {
  if (type === "aws-dr:traffic:RoutingControls") return ["control", "control"];
  if (contract.text("routing") === "latency") return ["nearest", "nearest"];
  return ["while well", "when turned"];
}
