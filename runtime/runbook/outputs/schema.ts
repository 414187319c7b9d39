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

/** What these outputs are: the only version that this release renders. */
export const outputsVersion = 2;

/** What to do about outputs that are not as Pulumi prints them. */
export const again = 'Take them anew from the stack: "pulumi stack output --json".';

const wholeNumber = z
  .number()
  .int()
  .min(0)
  .register(wordings, { rule: "a whole number", remedy: again });
const positive = z
  .number()
  .int()
  .min(1)
  .register(wordings, { rule: "a whole number above 0", remedy: again });
const arn = text(
  /^arn:aws[\w-]*:[a-z0-9-]+:[a-z0-9-]*:\d{12}:\S{1,512}$/,
  "an ARN, with its account",
  again,
);
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
  cleanUp: z.boolean().register(wordings, { rule: "true or false", remedy: again }),
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
  hub,
  capacity,
  spokes: listOf(spoke, "spokes"),
  groups: listOf(name, "group names"),
  plans: listOf(plan, "plans"),
});

/** What `pulumi stack output --json` prints. Other outputs of the stack are none of ours. */
export const stackSchema = z.object({ disasterRecovery: outputsSchema });

export type Outputs = z.infer<typeof outputsSchema>;
export type HubOutputs = Outputs["hub"];
