import type { Edge } from "../../../core/cells/edges/edges.js";
import type { RegisteredResource } from "../../../rehearsal/program/registered.js";
import { counted, duration, thousands } from "../../wording.js";
import { linksOf } from "../cell/links.js";
import type { Card, Row, TwoRegions } from "../cell/model.js";
import { crossRegionEdges } from "../edges.js";
import type { Fields } from "../fields.js";
import { type Component, componentsOf, countsByType, ownRegion } from "../tree.js";

export const hubType = "aws-dr:recovery:OrchestrationHub";

/** Components that other pictures of the estate show. */
const shownElsewhere: ReadonlySet<string> = new Set([
  hubType,
  "aws-dr:recovery:ProtectionGroup",
  "aws-dr:recovery:RecoveryPlan",
  "aws-dr:recovery:SpokeAccount",
]);

/** The hubs that a program registers, each with the Region that its tables are copied to. */
export function hubsOf(resources: readonly RegisteredResource[]): readonly TwoRegions[] {
  const components = componentsOf(resources);
  const edges = crossRegionEdges(resources);
  return components
    .filter(({ resource }) => resource.type === hubType)
    .map((hub) => hubPicture(hub, components, edges));
}

function hubPicture(
  hub: Component,
  components: readonly Component[],
  edges: ReadonlyMap<string, readonly Edge[]>,
): TwoRegions {
  const { contract } = hub;
  const home = contract.text("homeRegion") ?? "home";
  const copied = hub.below.flatMap(({ urn }) => edges.get(urn) ?? []);
  const standby = copied.flatMap(({ to }) => (to === undefined || to === home ? [] : [to]))[0];
  const companions = components.filter(
    ({ resource, contract: own }) =>
      own.text("cell") === undefined &&
      !shownElsewhere.has(resource.type) &&
      isAlike(own, contract),
  );
  const watching = companions.flatMap((one) => watchRow(one, home) ?? []);
  const rest = companions.filter((one) => watchRow(one, home) === undefined);
  return {
    title: `Hub of ${contract.text("environment") ?? "an environment"}`,
    subtitle: `runs the recoveries of ${counted(contract.number("lanes") ?? 0, "lane")}`,
    ground: `Account ${contract.text("account") ?? "not known yet"}`,
    regions: [
      { name: home, role: "hub" },
      ...(standby === undefined ? [] : [{ name: standby, role: "copies" }]),
    ],
    turns: [],
    rows: [orchestration(hub, home), ...records(hub, home, standby, edges), ...watching],
    others: { [home]: countsByType(rest.map(({ resource }) => resource)) },
  };
}

/** Whether two components are of one environment. */
function isAlike(one: Fields, other: Fields): boolean {
  return one.text("environment") === other.text("environment");
}

function orchestration({ resource, below }: Component, home: string): Row {
  const here = below.filter((one) => (ownRegion(one) ?? home) === home);
  const count = (type: string) => here.filter((one) => one.type === type).length;
  const card: Card = {
    title: "orchestration",
    facts: [
      `${counted(count("aws:sfn/stateMachine:StateMachine"), "state machine")}, ${counted(count("aws:lambda/function:Function"), "function")}`,
      counted(count("aws:sns/topicSubscription:TopicSubscription"), "subscriber"),
    ],
    resources: { [resource.type]: 1, ...countsByType(here) },
  };
  return {
    key: `${resource.urn} runs`,
    group: "compute",
    order: 0,
    cards: { [home]: card },
    links: [],
  };
}

/** The tables of a hub, and where they are copied to. */
function records(
  hub: Component,
  home: string,
  standby: string | undefined,
  edges: ReadonlyMap<string, readonly Edge[]>,
): readonly Row[] {
  const tables = hub.below.filter(({ type }) => type === "aws:dynamodb/table:Table");
  const facts = [`${counted(tables.length, "DynamoDB table")}: plans, groups, executions`];
  const card: Card = { title: "records", facts, resources: countsByType(tables) };
  const links = standby === undefined ? [] : linksOf(hub, [home, standby], edges, () => true);
  const cards = { [home]: card, ...(standby && { [standby]: { ...card, resources: {} } }) };
  return [{ key: `${hub.resource.urn} records`, group: "data", order: 0, cards, links }];
}

/** What watches the lanes, for a component that does; nothing for others. */
function watchRow({ resource, contract, below }: Component, home: string): Row | undefined {
  const told = watchFacts[resource.type]?.(contract, below.length);
  if (told === undefined) return undefined;
  const [title, ...facts] = told;
  const resources = { [resource.type]: 1, ...countsByType(below) };
  const cards = { [contract.text("homeRegion") ?? home]: { title, facts, resources } };
  return { key: resource.urn, group: "watching", order: 0, cards, links: [] };
}

type Told = readonly [title: string, ...facts: string[]];

const watchFacts: Readonly<Record<string, (contract: Fields, resources: number) => Told>> = {
  "aws-dr:capacity:CapacityPublisher": (contract) => [
    "capacity publisher",
    `counts ${counted(contract.number("lanes") ?? 0, "lane")} every ${duration((contract.number("publishEveryMinutes") ?? 0) * 60)}`,
  ],
  "aws-dr:capacity:CapacityAlarms": (contract, resources) => [
    "capacity alarms",
    `${counted(resources, "alarm")} on ${counted(contract.texts("lanes").length, "lane")}`,
    `warning at ${thousands(contract.number("warnAtServers") ?? 0)}, critical at ${thousands(contract.number("criticalAtServers") ?? 0)} servers`,
  ],
  "aws-dr:observability:CapacityDashboard": (contract) => [
    "dashboard of the lanes",
    contract.text("dashboardName") ?? "not named yet",
  ],
  "aws-dr:observability:ExecutionDashboard": (contract) => [
    "dashboard of the executions",
    contract.text("dashboardName") ?? "not named yet",
  ],
};
