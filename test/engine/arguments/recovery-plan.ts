import type { RecoveryPlanArgs } from "../../../components/index.js";
import { type ArgumentTable, inPlace, replaces } from "../support/argument-table.js";
import { hub, hubParts, otherHub } from "./hub-values.js";

const plan = {
  name: "shop",
  objectives: { rtoMinutes: 60, rpoMinutes: 15 },
  waves: [{ name: "all", group: "shop" }],
};
const drill = { cron: "0 3 1 * ? *", timezone: "Europe/Dublin", cleanUp: true };
const drills = [drill];

export const recoveryPlan: ArgumentTable<RecoveryPlanArgs> = {
  component: "RecoveryPlan",
  sample: { hub, plan, drills },
  needs: hubParts,
  rows: {
    hub: replaces(
      otherHub,
      ["dynamodb:TableItem", "scheduler:Schedule"],
      "the other hub gets what the first one loses",
    ),
    plan: [
      inPlace({ ...plan, pacingSeconds: 5 }),
      replaces({ ...plan, name: "bank" }, ["scheduler:Schedule"], "a schedule is its name"),
    ],
    expectedServers: inPlace({ all: { "444455556666/us-east-1": 9 } }),
    drills: [
      inPlace([{ ...drill, cron: "0 4 1 * ? *" }]),
      inPlace([drill, { ...drill, cron: "0 4 15 * ? *" }]),
      inPlace([]),
    ],
    transformSchedule: inPlace((given) => ({ ...given, description: "Drill of the shop" })),
  },
};
