import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { realTools } from "../../runtime/cli/real-tools.js";
import type { Environment } from "../../runtime/environment/schema.js";
import type { RegisteredResource } from "../../runtime/rehearsal/program/registered.js";
import {
  dashboardNames,
  renderDashboard,
  renderDiagram,
} from "../../runtime/report/diagram/diagram.js";
import { renderTimelineSvg } from "../../runtime/report/timeline/svg.js";
import { projectOfPage } from "./page-program.js";

/** A picture of the documentation, drawn from what a program registers or what its rehearsal tells. */
export interface Picture {
  readonly path: string;
  readonly draw: () => Promise<string>;
}

/** The diagram of every example, the dashboards of the components' pages, and the timeline of a drill. */
export function pictures(root: string): readonly Picture[] {
  const examples = readdirSync(join(root, "examples")).filter((name) =>
    existsSync(environmentFile(root, name)),
  );
  return [
    ...examples.map((name) =>
      picture(`diagram-${name}`, async () => renderDiagram(await ofExample(root, name))),
    ),
    ...["capacity-dashboard", "execution-dashboard"].map((name) =>
      picture(name, async () => dashboardOf(await ofExample(root, "thousand-servers"), name)),
    ),
    picture("replication-dashboard", async () =>
      dashboardOf(await ofPage(root, "replication-dashboard"), "replication-dashboard"),
    ),
    picture("thousand-servers", () => timelineOf(root, "thousand-servers")),
  ];
}

function picture(name: string, drawn: () => Promise<string | undefined>): Picture {
  const path = `docs/pictures/${name}.svg`;
  return {
    path,
    draw: async () => {
      const svg = await drawn();
      if (svg === undefined) throw new Error(`${path} must show something, got nothing to draw.`);
      return svg;
    },
  };
}

function environmentFile(root: string, example: string): string {
  return join(root, "examples", example, "environment.yaml");
}

async function ofExample(root: string, example: string): Promise<readonly RegisteredResource[]> {
  return realTools.registered(await loadedExample(root, example));
}

/** The drill of an example's only plan, as `aws-dr rehearse` draws it: the same seed, the same picture. */
async function timelineOf(root: string, example: string): Promise<string> {
  const loaded = await loadedExample(root, example);
  const plan = loaded.environment.plans[0]?.name ?? "";
  const settings = { kind: "drill", seed: 1, onProgress: () => undefined } as const;
  return renderTimelineSvg(await realTools.rehearse({ ...loaded, ...settings, plan }));
}

async function loadedExample(
  root: string,
  example: string,
): Promise<{ readonly environment: Environment; readonly environmentFile: string }> {
  const file = environmentFile(root, example);
  const loaded = await realTools.load(file);
  if (!("environment" in loaded)) throw new Error(loaded.details);
  return { environment: loaded.environment, environmentFile: file };
}

async function ofPage(root: string, page: string): Promise<readonly RegisteredResource[]> {
  const directory = projectOfPage(root, page);
  try {
    return await realTools.registered({ project: { directory, stackOutputs: {} } });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The parts of a dashboard's name by which it is known to be the one of a page. */
const nameParts: Readonly<Record<string, string>> = {
  "capacity-dashboard": "Capacity",
  "execution-dashboard": "executions",
  "replication-dashboard": "replication",
};

/** The first dashboard of a page's component. */
function dashboardOf(resources: readonly RegisteredResource[], page: string): string | undefined {
  const part = nameParts[page] ?? page;
  const name = dashboardNames(resources).find((one) => one.includes(part));
  return name === undefined ? undefined : renderDashboard(resources, name);
}
