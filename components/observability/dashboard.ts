import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { mostDashboardLanes, publishEveryMinutes } from "../../runtime/limits.js";
import {
  accountId,
  checked,
  type Problems,
  type Rule,
  resourceName,
  type Transform,
  unchanged,
  within,
} from "../arguments.js";
import { type DashboardBody, dashboardBody } from "./dashboard-body.js";

/** A dashboard of a component. */
export interface OwnDashboard {
  /** Where the dashboard is asked for. It is global all the same. */
  readonly region: string;
  readonly dashboardName: string;
  readonly body: DashboardBody | pulumi.Output<DashboardBody>;
  readonly transformDashboard?: Transform<aws.cloudwatch.DashboardArgs>;
}

/**
 * A dashboard whose body CloudWatch takes. The transform has the last word, and is held to it: what
 * CloudWatch would refuse fails the deployment before the dashboard is created.
 */
export function dashboard(
  component: pulumi.ComponentResource,
  name: string,
  { region, dashboardName, body, transformDashboard = unchanged }: OwnDashboard,
  child: pulumi.CustomResourceOptions,
): aws.cloudwatch.Dashboard {
  const args = transformDashboard({ region, dashboardName, dashboardBody: textOf(body) });
  const checkedBody = checked(component, "dashboardBody", [bodyRule], args.dashboardBody);
  return new aws.cloudwatch.Dashboard(name, { ...args, dashboardBody: checkedBody }, child);
}

/** Adds what is wrong with a dashboard's name. */
export function checkDashboardName(problems: Problems, dashboardName: string): void {
  if (/^[\w-]{1,255}$/.test(dashboardName)) return;
  const rule = "1 to 255 letters, digits, hyphens and underscores";
  problems.add("dashboardName", `must be ${rule}, got "${dashboardName}"`);
}

/** What the dashboards of a hub have in common. */
export interface HubDashboard {
  readonly environment: string;
  readonly account: string;
  readonly dashboardName: string;
  /** Lanes that are shown, by their keys. */
  readonly lanes: readonly string[];
  readonly publishEveryMinutes: number;
}

/** Adds what is wrong with what the dashboards of a hub have in common. */
export function checkHubDashboard(problems: Problems, shown: HubDashboard): void {
  problems.check("environment", resourceName, shown.environment);
  problems.check("account", accountId, shown.account);
  checkDashboardName(problems, shown.dashboardName);
  checkLanes(problems, shown.lanes.length);
  problems.check("publishEveryMinutes", within(publishEveryMinutes), shown.publishEveryMinutes);
}

function checkLanes(problems: Problems, lanes: number): void {
  if (lanes > 0 && lanes <= mostDashboardLanes) return;
  const rule = `1 to ${mostDashboardLanes} lanes, so that one widget holds them`;
  problems.add("lanes", `must be ${rule}, got ${lanes}. Make one dashboard a part of them`);
}

const bodyRule: Rule<string> = (text) => {
  const wrong = wrongIn(text);
  return wrong === undefined
    ? undefined
    : `must be a body that CloudWatch takes, got one with ${wrong}. Look at what transformDashboard makes of it`;
};

function textOf(body: OwnDashboard["body"]): pulumi.Input<string> {
  return pulumi.Output.isInstance(body)
    ? body.apply((known) => JSON.stringify(known))
    : JSON.stringify(body);
}

function wrongIn(text: string): string | undefined {
  const { success, error } = dashboardBody.safeParse(parsed(text));
  if (success) return undefined;
  return error.issues
    .map(({ path, message }) => `${pathText(path) || "the whole"}: ${message}`)
    .join("; ");
}

/** What a text holds; a text that holds nothing that can be read is what it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}
