import { counted, duration } from "../../wording.js";
import type { Fields } from "../fields.js";
import type { Component } from "../tree.js";
import type { Capacity, Group } from "./model.js";
import { activationFacts, type Place, storeFacts } from "./stores.js";

/** How a component of a cell is told. */
export interface Part {
  readonly group: Group;
  /** Components of the same subject, one a Region, share a row. */
  readonly subject: string;
  /** Its place among those of its group; those without one come first, by their names. */
  readonly order?: number;
  readonly factsIn: (place: Place) => readonly string[];
  readonly capacity?: Capacity;
}

type Describe = (component: Component) => Part;

/** How a component is told; nothing for one that this release cannot draw. */
export function partOf(component: Component): Part | undefined {
  const { type } = component.resource;
  if (Object.hasOwn(storeFacts, type)) return store(component);
  return Object.hasOwn(parts, type) ? parts[type]?.(component) : undefined;
}

const natWords: Readonly<Record<string, string>> = {
  "one-per-zone": "NAT in each",
  single: "one NAT",
  none: "no NAT",
};

const parts: Readonly<Record<string, Describe>> = {
  "aws-dr:network:PilotLightRegion": ({ contract }) => ({
    group: "network",
    subject: "network",
    factsIn: () => [
      `VPC ${contract.text("cidrBlock") ?? ""}`,
      `${counted(contract.texts("availabilityZones").length, "zone")}, ${natWords[contract.text("natGateways") ?? ""] ?? "NAT not known yet"}`,
    ],
  }),
  "aws-dr:network:RegionPeering": ({ contract }) => ({
    group: "network",
    subject: "way between the Regions",
    factsIn: ({ region }) => [
      `Transit Gateway, routes of ${contract.inner("cidrBlocks").text(region) ?? ""}`,
    ],
  }),
  "aws-dr:compute:ContainerService": ({ contract }) => ({
    group: "compute",
    subject: contract.text("service") ?? "service",
    factsIn: () => ["Fargate behind a load balancer"],
    ...capacityOf(contract),
  }),
  "aws-dr:compute:KubernetesCluster": ({ contract }) => ({
    group: "compute",
    subject: contract.text("cluster") ?? "cluster",
    factsIn: () => [
      `EKS ${contract.text("version") ?? ""}, ${contract.texts("instanceTypes").join(", ")}`,
    ],
    ...capacityOf(contract),
  }),
  "aws-dr:traffic:TakeOverSwitch": () => ({
    group: "traffic",
    subject: "take-over flag",
    factsIn: ({ region }) => [`put here, ${region} takes over the other's traffic`],
  }),
  "aws-dr:watching:CellTopics": ({ below }) => ({
    group: "watching",
    subject: "who is told",
    factsIn: ({ region }) => [
      counted(below.filter((one) => isSubscription(one, region)).length, "subscriber"),
    ],
  }),
  "aws-dr:watching:AuditTrail": ({ contract }) => ({
    group: "watching",
    subject: "audit trail",
    factsIn: ({ isPrimary }) => [recorded(contract, isPrimary)],
  }),
  "aws-dr:watching:CellCanary": ({ contract }) => ({
    group: "watching",
    subject: "canary",
    factsIn: ({ region }) => {
      const regions = ["primaryRegion", "recoveryRegion"].map((one) => contract.text(one));
      const other = regions.find((one) => one !== region) ?? "the other Region";
      const answer = duration(contract.number("answerSeconds") ?? 0);
      return [`asks ${other} every minute, for an answer within ${answer}`];
    },
  }),
  "aws-dr:watching:CellWatch": watch,
  "aws-dr:observability:ReplicationDashboard": ({ contract }) => ({
    group: "watching",
    subject: "dashboard of the copies",
    order: 1,
    factsIn: ({ region }) => [`${contract.text("dashboardName") ?? "not named yet"}-${region}`],
  }),
};

/** Trails write to the recovery Region; the primary one holds a copy. */
function recorded(contract: Fields, isPrimary: boolean): string {
  if (contract.text("elsewhere") !== undefined) return "by a trail deployed elsewhere";
  const what = contract.text("covers") === "cell" ? "both Regions" : "all Regions of the account";
  return isPrimary ? "copy of what the other Region keeps" : `keeps what happens in ${what}`;
}

const keyType = "aws-dr:data:CellKey";

function store(component: Component): Part {
  const { resource, contract } = component;
  const facts = storeFacts[resource.type] ?? (() => []);
  const subject = contract.text("name") ?? resource.name;
  return {
    group: "data",
    subject: resource.type === keyType ? `key of ${subject}` : subject,
    order: Object.keys(storeFacts).indexOf(resource.type),
    factsIn: (place) => [
      ...facts(contract, place).filter((fact) => fact !== undefined),
      ...activationFacts(contract, place),
    ],
  };
}

/** The alarm that asks people to decide on the other Region is told where it is registered. */
function watch({ contract, below }: Component): Part {
  const minutes = contract.number("unhealthyMinutes") ?? 0;
  const reason =
    contract.text("decideWhen") === "unhealthy-and-lagging" ? "unhealthy and lagging" : "unhealthy";
  return {
    group: "watching",
    subject: "decision alarm",
    factsIn: ({ region }) => {
      const here = below.filter(({ inputs }) => inputs.region === region);
      const names = here.flatMap(({ inputs }) => String(inputs.alarmName ?? ""));
      const watched = names.flatMap((name) => /-decide-on-(.+)$/.exec(name)?.[1] ?? []);
      return [
        ...watched.map(
          (other) => `asks to decide on ${other}: ${duration(minutes * 60)} ${reason}`,
        ),
        `over ${counted(here.length, "alarm")} of its own, and those of the copies`,
      ];
    },
  };
}

function capacityOf(contract: Fields): { readonly capacity?: Capacity } {
  const capacity = contract.inner("capacity");
  const unit = capacity.text("unit");
  const [resting, normal, failover] = ["resting", "normal", "failover"].map((name) =>
    capacity.number(name),
  );
  if (!unit || resting === undefined || normal === undefined || failover === undefined) return {};
  return { capacity: { unit, resting, normal, failover } };
}

function isSubscription({ type, inputs }: Component["below"][number], region: string): boolean {
  return type === "aws:sns/topicSubscription:TopicSubscription" && inputs.region === region;
}
