import { z } from "zod";
import {
  accountId,
  email,
  listOf,
  name,
  oneLine,
  region,
  text,
  wordings,
} from "../../environment/parts.js";
import { cellOutputs } from "./cell.js";
import { again, arn, flag, positive, wholeNumber } from "./parts.js";

/** What these outputs are: the only version that this release renders. */
export const outputsVersion = 2;

const tableName = text(/^[\w.-]{3,255}$/, "the name of a table", again);

const contact = z.strictObject({
  role: oneLine,
  name: oneLine.optional(),
  reach: oneLine,
});

const responsibility = z.strictObject({ task: oneLine, owner: oneLine, every: oneLine });

const hub = z.strictObject({
  account: accountId,
  homeRegion: region,
  standbyRegion: region.optional(),
  functions: z.strictObject({ query: arn, dataManagement: arn, execution: arn }),
  machines: z.strictObject({ recoverPlan: arn, recoverLane: arn }),
  tables: z.strictObject({ groups: tableName, plans: tableName, executions: tableName }),
  notificationTopic: arn,
  alarmTopic: arn,
});

const capacity = z.strictObject({
  publisher: arn,
  namespace: oneLine,
  alarms: z.strictObject({ warning: arn, critical: arn, busy: arn, silent: arn }),
  dashboard: oneLine,
  executionDashboard: oneLine,
});

const lane = z.strictObject({ region, declaredServers: wholeNumber });

const spoke = z.strictObject({
  account: accountId,
  name,
  readRole: arn,
  recoveryRole: arn,
  lanes: listOf(lane, "lanes"),
});

const wave = z.strictObject({ name, dependsOn: listOf(name, "wave names") });

const drill = z.strictObject({
  cron: oneLine,
  timezone: oneLine,
  cleanUp: flag,
});

const plan = z.strictObject({
  name,
  objectives: z.strictObject({ rtoMinutes: positive, rpoMinutes: positive }),
  waves: listOf(wave, "waves"),
  drills: listOf(drill, "drills"),
});

/** The stack's output document. Unknown keys are errors: what is not understood is not rendered. */
export const outputsSchema = z.strictObject({
  schemaVersion: z
    .literal(outputsVersion)
    .register(wordings, { rule: String(outputsVersion), remedy: again }),
  environment: name,
  owner: email,
  contacts: listOf(contact, "contacts"),
  responsibilities: listOf(responsibility, "responsibilities"),
  /** Absent, as the next one, where the environment recovers no servers. */
  hub: hub.optional(),
  capacity: capacity.optional(),
  spokes: listOf(spoke, "spokes"),
  groups: listOf(name, "group names"),
  plans: listOf(plan, "plans"),
  cells: listOf(cellOutputs, "cells"),
});

/** What `pulumi stack output --json` prints. Other outputs of the stack are none of ours. */
export const stackSchema = z.object({ disasterRecovery: outputsSchema });

export type Outputs = z.infer<typeof outputsSchema>;

/** Outputs of an environment that recovers servers. */
export interface ServerOutputs extends Outputs {
  readonly hub: z.infer<typeof hub>;
  readonly capacity: z.infer<typeof capacity>;
}
export type HubOutputs = ServerOutputs["hub"];
