import type {
  CapacityDashboardArgs,
  ExecutionDashboardArgs,
  ReplicationDashboardArgs,
} from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import { type ArgumentTable, inPlace, replaces, untried } from "../support/argument-table.js";
import { hubAddress, lanes, moreLanes } from "./hub-values.js";
import { renamed } from "./values.js";

const page = ["cloudwatch:Dashboard"];
const itsName = "a dashboard is its name; its metrics stay";
const itsRegion = "a dashboard is kept in one Region; its metrics stay";
const otherAccount = "another account has another provider, so it has a dashboard of its own";
const alarm = (region: string, name: string) =>
  `arn:aws:cloudwatch:${region}:111122223333:alarm:${name}`;
const alarms = (name: string) => ({
  "us-east-1": alarm("us-east-1", name),
  "us-west-2": alarm("us-west-2", name),
});

export const capacityDashboard: ArgumentTable<CapacityDashboardArgs> = {
  component: "CapacityDashboard",
  sample: { ...hubAddress, lanes },
  rows: {
    environment: inPlace("other"),
    account: untried(otherAccount),
    homeRegion: replaces("eu-west-1", page, itsRegion),
    lanes: inPlace(moreLanes),
    dashboardName: replaces("capacity", page, itsName),
    warnAtServers: inPlace(240),
    criticalAtServers: inPlace(270),
    publishEveryMinutes: inPlace(10),
    transformDashboard: inPlace((given) => ({ ...given, dashboardBody: '{"widgets":[]}' })),
  },
};

export const executionDashboard: ArgumentTable<ExecutionDashboardArgs> = {
  component: "ExecutionDashboard",
  sample: { ...hubAddress, lanes },
  rows: {
    environment: replaces("other", page, itsName),
    account: untried(otherAccount),
    homeRegion: replaces("eu-west-1", page, itsRegion),
    standbyRegion: inPlace("us-west-2"),
    lanes: inPlace(moreLanes),
    alarmArns: inPlace([alarm("us-east-1", "busy")]),
    dashboardName: replaces("executions", page, itsName),
    publishEveryMinutes: inPlace(10),
    transformDashboard: inPlace((given) => ({ ...given, dashboardBody: '{"widgets":[]}' })),
  },
};

export const replicationDashboard: ArgumentTable<ReplicationDashboardArgs> = {
  component: "ReplicationDashboard",
  sample: { cell: orders, decisionAlarmArns: alarms("decide") },
  rows: {
    cell: replaces(renamed, page, itsName),
    decisionAlarmArns: inPlace(alarms("other")),
    lagAlarmArns: inPlace({
      "us-east-1": [alarm("us-east-1", "lag")],
      "us-west-2": [alarm("us-west-2", "lag")],
    }),
    canaries: inPlace({ "us-east-1": "shop-orders", "us-west-2": "shop-orders" }),
    loadBalancers: inPlace({ "us-east-1": "app/api/1", "us-west-2": "app/api/2" }),
    databases: inPlace(["ledger"]),
    replicas: inPlace(["accounts"]),
    caches: inPlace([{ name: "visits" }]),
    tables: inPlace(["sessions"]),
    buckets: inPlace(["records"]),
    queues: inPlace(["payments"]),
    lagSeconds: inPlace(9, { beside: { databases: ["ledger"] } }),
    backlogSeconds: inPlace(600, { beside: { queues: ["payments"] } }),
    dashboardName: replaces("replication", page, itsName),
    transformDashboard: inPlace((given) => ({ ...given, dashboardBody: '{"widgets":[]}' })),
  },
};
