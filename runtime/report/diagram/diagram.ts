import type { RegisteredResource } from "../../rehearsal/program/registered.js";
import { cellsOf } from "./cell/cells.js";
import { layOutRegions } from "./cell/layout.js";
import { dashboardsOf, layOutDashboard } from "./dashboard/layout.js";
import { drawScenes } from "./draw.js";
import { hubsOf, hubType } from "./estate/hub.js";
import { layOutPlan } from "./estate/plans.js";
import { layOutSpokes } from "./estate/spokes.js";
import type { Scene } from "./scene.js";
import { compared, componentsOf } from "./tree.js";

/** What of a program is drawn. */
export interface DiagramChoice {
  /** One cell alone; absent for all of them and what recovers servers. */
  readonly cell?: string;
}

/**
 * The picture of what a program registers, as an SVG: cells, hubs, their spokes and their plans. The
 * same resources give the same bytes. Nothing where there is nothing of these to draw.
 */
export function renderDiagram(
  resources: readonly RegisteredResource[],
  choice: DiagramChoice = {},
): string | undefined {
  const scenes = scenesOf(resources, choice);
  return scenes.length === 0 ? undefined : drawScenes(scenes);
}

/** The widgets of a dashboard that a program registers, as an SVG; nothing where it registers none of that name. */
export function renderDashboard(
  resources: readonly RegisteredResource[],
  name: string,
): string | undefined {
  const dashboard = dashboardsOf(resources).get(name);
  return dashboard && drawScenes([layOutDashboard(name, dashboard)]);
}

/** Names of the dashboards that a program registers. */
export function dashboardNames(resources: readonly RegisteredResource[]): readonly string[] {
  return [...dashboardsOf(resources).keys()].sort(compared);
}

/** Names of the cells that a program registers. */
export function cellNames(resources: readonly RegisteredResource[]): readonly string[] {
  return cellsOf(resources).map(({ cell }) => cell);
}

/** The scenes of a picture from top to bottom. */
export function scenesOf(
  resources: readonly RegisteredResource[],
  { cell }: DiagramChoice = {},
): readonly Scene[] {
  const cells = cellsOf(resources).filter((one) => cell === undefined || one.cell === cell);
  const drawn = cells.map(layOutRegions);
  return cell === undefined ? [...drawn, ...estateScenes(resources)] : drawn;
}

function estateScenes(resources: readonly RegisteredResource[]): readonly Scene[] {
  const components = componentsOf(resources);
  const ofType = (type: string) => components.filter(({ resource }) => resource.type === type);
  const spokes = ofType("aws-dr:recovery:SpokeAccount");
  const spokeScenes = ofType(hubType).flatMap((hub) => {
    const environment = hub.contract.text("environment");
    const own = spokes.filter((one) => one.contract.text("environment") === environment);
    return own.length === 0 ? [] : [layOutSpokes(hub, own)];
  });
  const plans = ofType("aws-dr:recovery:RecoveryPlan").map(layOutPlan);
  return [...hubsOf(resources).map(layOutRegions), ...spokeScenes, ...plans];
}
