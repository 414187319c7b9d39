import { duration } from "../../report/wording.js";
import type { Section, Table } from "../model.js";
import { hasServers } from "../outputs/checks.js";
import type { Outputs, ServerOutputs } from "../outputs/schema.js";

/** What there is, who is asked, and who looks after what. */
export function overview(outputs: Outputs): Section {
  return {
    id: "overview",
    title: "What there is, and whom to ask",
    about: [
      "Every name below is that of a resource that was deployed. Render this document anew after each deployment; what a renderer refuses must not be followed.",
      "Commands are for a shell of the Bourne family, with version 2 of the AWS CLI. Every call names its Region, so that no profile decides where it acts. Sign in to the account that a command names first.",
    ],
    variables: [],
    tables: [
      ...(hasServers(outputs) ? [hubTable(outputs), plansTable(outputs), lanesTable(outputs)] : []),
      ...people(outputs),
    ],
    steps: [],
  };
}

function hubTable({ hub, capacity }: ServerOutputs): Table {
  return {
    heading: "The hub",
    columns: ["what", "name"],
    rows: [
      ["account", hub.account],
      ["home Region", hub.homeRegion],
      ["standby Region", hub.standbyRegion ?? "none"],
      ["starts and ends executions", hub.functions.execution],
      ["reads servers, quotas, groups and plans", hub.functions.query],
      ["keeps groups and plans", hub.functions.dataManagement],
      ["runs a plan", hub.machines.recoverPlan],
      ["runs a lane of it", hub.machines.recoverLane],
      ["table of groups", hub.tables.groups],
      ["table of plans", hub.tables.plans],
      ["journal of executions", hub.tables.executions],
      ["tells of executions", hub.notificationTopic],
      ["tells of alarms", hub.alarmTopic],
      ["dashboard of the lanes", capacity.dashboard],
      ["dashboard of the executions", capacity.executionDashboard],
    ],
  };
}

function plansTable({ plans }: Outputs): Table {
  return {
    heading: "The plans",
    columns: ["plan", "waves", "RTO", "RPO", "drills"],
    rows: plans.map(({ name, waves, objectives, drills }) => [
      name,
      waves
        .map(({ name: wave, dependsOn }) =>
          dependsOn.length === 0 ? wave : `${wave} (after ${dependsOn.join(", ")})`,
        )
        .join(", "),
      duration(objectives.rtoMinutes * 60),
      duration(objectives.rpoMinutes * 60),
      drills
        .map(
          ({ cron, timezone, cleanUp }) =>
            `${cron} (${timezone}${cleanUp ? "" : ", not cleaned up"})`,
        )
        .join("; ") || "none scheduled",
    ]),
  };
}

function lanesTable({ spokes }: Outputs): Table {
  return {
    heading: "The lanes",
    columns: ["account", "name", "Region", "servers declared", "role of the hub there"],
    rows: spokes.flatMap(({ account, name, recoveryRole, lanes }) =>
      lanes.map(({ region, declaredServers }) => [
        account,
        name,
        region,
        String(declaredServers),
        recoveryRole,
      ]),
    ),
  };
}

function people({ owner, contacts, responsibilities }: Outputs): readonly Table[] {
  const asked = contacts.map(({ role, name = "", reach }) => [role, name, reach]);
  const contact: Table = {
    heading: "Contacts",
    columns: ["role", "name", "reached by"],
    rows: [...asked, ["owner of the environment", "", owner]],
  };
  if (responsibilities.length === 0) return [contact];
  return [
    contact,
    {
      heading: "Responsibilities",
      columns: ["task", "owner", "how often"],
      rows: responsibilities.map(({ task, owner: of, every }) => [task, of, every]),
    },
  ];
}
