import { watchFields } from "./watch-fields.js";

/** One name of the rehearsal document: where it lies, what it counts in, what it means. */
export interface DocumentField {
  /** `[]` stands for each item of a list, `*` for each key of a record. */
  readonly path: string;
  readonly type: "text" | "number" | "list of text";
  /** What a number counts. */
  readonly unit?: string;
  readonly isOptional?: boolean;
  readonly meaning: string;
}

const lane = "`<account>/<region>`";

/** Every name of the document that `aws-dr rehearse --json` prints, in its order. */
export const documentFields: readonly DocumentField[] = [
  { path: "schemaVersion", type: "number", meaning: "1. A change that breaks readers raises it." },
  { path: "environment", type: "text", meaning: "Name of the environment." },
  { path: "plan", type: "text", meaning: "Name of the recovery plan." },
  { path: "kind", type: "text", meaning: "`drill` or `recovery`." },
  {
    path: "seed",
    type: "number",
    meaning: "Seed of all that is random: same file, options and seed, same document.",
  },
  {
    path: "outcome",
    type: "text",
    meaning: "`recovered`, `recovered-with-failures`, `cancelled` or `failed`.",
  },
  { path: "cause", type: "text", isOptional: true, meaning: "Why, where the outcome is `failed`." },
  {
    path: "servers.total",
    type: "number",
    unit: "servers",
    meaning: "Servers that the plan selected.",
  },
  {
    path: "servers.launched",
    type: "number",
    unit: "servers",
    meaning: "Of these, those that launched, in jobs of ours or of others.",
  },
  {
    path: "servers.failed",
    type: "number",
    unit: "servers",
    meaning: "Those that did not launch.",
  },
  {
    path: "servers.skipped",
    type: "number",
    unit: "servers",
    meaning: "Those left alone on purpose, each with its reason.",
  },
  {
    path: "servers.terminated",
    type: "number",
    unit: "servers",
    meaning: "Those whose drill instance was terminated again.",
  },
  {
    path: "makespanSeconds",
    type: "number",
    unit: "virtual seconds",
    meaning: "From the start of the execution to its last server's end, clean-up not included.",
  },
  {
    path: "lowerBoundSeconds",
    type: "number",
    unit: "virtual seconds",
    meaning: "The slowest servers along the waves' dependencies: no orchestrator can be faster.",
  },
  {
    path: "rtoMinutes",
    type: "number",
    unit: "minutes",
    isOptional: true,
    meaning: "The plan's recovery time objective. To be compared with `makespanSeconds`.",
  },
  {
    path: "wallSeconds",
    type: "number",
    unit: "real seconds",
    meaning: "How long the rehearsal itself took. The one number that differs from run to run.",
  },
  {
    path: "jobs",
    type: "number",
    unit: "jobs",
    meaning: "Launch jobs that the execution started.",
  },
  {
    path: "calls.*",
    type: "number",
    unit: "calls",
    meaning: "Calls that reached DRS, by operation (`StartRecovery`, `DescribeJobs`, …).",
  },
  {
    path: "conflicts",
    type: "number",
    unit: "answers",
    meaning: "How often DRS answered 409: a server of the call was in another job.",
  },
  {
    path: "heldBack.*",
    type: "number",
    unit: "servers",
    meaning: "Most servers that waited at once, though their wave was open, by kind of reason.",
  },
  { path: "lanes[].account", type: "text", meaning: "Account of the lane." },
  { path: "lanes[].region", type: "text", meaning: "Region of the lane." },
  {
    path: "lanes[].servers",
    type: "number",
    unit: "servers",
    meaning: "Servers of the plan in it.",
  },
  {
    path: "lanes[].launched",
    type: "number",
    unit: "servers",
    meaning: "Of these, those launched.",
  },
  {
    path: "lanes[].peakJobs",
    type: "number",
    unit: "jobs",
    meaning: "Most jobs at once, anybody's. The quota is 20.",
  },
  {
    path: "lanes[].peakServersInFlight",
    type: "number",
    unit: "servers",
    meaning: "Most servers in jobs at once, anybody's. The quota is 500.",
  },
  { path: "waves[].wave", type: "text", meaning: "Name of the wave." },
  {
    path: "waves[].dependsOn[]",
    type: "list of text",
    meaning: "Waves that must have launched before it opens.",
  },
  {
    path: "waves[].servers",
    type: "number",
    unit: "servers",
    meaning: "Its servers, in all lanes.",
  },
  {
    path: "waves[].launched",
    type: "number",
    unit: "servers",
    meaning: "Of these, those launched.",
  },
  {
    path: "waves[].failed",
    type: "number",
    unit: "servers",
    meaning: "Of these, those that failed.",
  },
  { path: "waves[].skipped", type: "number", unit: "servers", meaning: "Of these, those skipped." },
  {
    path: "waves[].startedAtSeconds",
    type: "number",
    unit: "virtual seconds since the start",
    isOptional: true,
    meaning: "First start of one of its servers.",
  },
  {
    path: "waves[].endedAtSeconds",
    type: "number",
    unit: "virtual seconds since the start",
    isOptional: true,
    meaning: "Last launch of one of its servers.",
  },
  { path: "jobTraces[].jobId", type: "text", meaning: "Id of the job, as DRS gave it." },
  { path: "jobTraces[].lane", type: "text", meaning: `Its lane, ${lane}.` },
  {
    path: "jobTraces[].kind",
    type: "text",
    meaning: "`launch`, `terminate`, `convert` in a staging account, or `network`.",
  },
  { path: "jobTraces[].startedBy", type: "text", meaning: "`us` or `stranger`." },
  {
    path: "jobTraces[].wave",
    type: "text",
    isOptional: true,
    meaning: "Wave of its servers, for launch jobs of ours.",
  },
  { path: "jobTraces[].servers", type: "number", unit: "servers", meaning: "Servers in the job." },
  {
    path: "jobTraces[].startedAtSeconds",
    type: "number",
    unit: "virtual seconds since the start",
    meaning: "When DRS took the call.",
  },
  {
    path: "jobTraces[].endedAtSeconds",
    type: "number",
    unit: "virtual seconds since the start",
    meaning: "When the job ended; until then it held the places of all its servers.",
  },
  { path: "serverTraces[].server", type: "text", meaning: "Id of the source server." },
  { path: "serverTraces[].wave", type: "text", meaning: "Its wave." },
  { path: "serverTraces[].lane", type: "text", meaning: `Its lane, ${lane}.` },
  { path: "serverTraces[].outcome", type: "text", meaning: "`launched`, `failed` or `skipped`." },
  {
    path: "serverTraces[].reason",
    type: "text",
    isOptional: true,
    meaning: "Why, unless it launched in a job of ours.",
  },
  {
    path: "serverTraces[].jobId",
    type: "text",
    isOptional: true,
    meaning: "The job it was launched in.",
  },
  {
    path: "serverTraces[].startedAtSeconds",
    type: "number",
    unit: "virtual seconds since the start",
    isOptional: true,
    meaning: "When that job began.",
  },
  {
    path: "serverTraces[].launchedAtSeconds",
    type: "number",
    unit: "virtual seconds since the start",
    isOptional: true,
    meaning: "When its recovery instance had launched.",
  },
  {
    path: "serverTraces[].terminatedAtSeconds",
    type: "number",
    unit: "virtual seconds since the start",
    isOptional: true,
    meaning: "When its drill instance was terminated.",
  },
  { path: "brokenInvariants[].invariant", type: "text", meaning: "The rule that was broken." },
  {
    path: "brokenInvariants[].lane",
    type: "text",
    isOptional: true,
    meaning: `Lane in which it was seen, ${lane}.`,
  },
  {
    path: "brokenInvariants[].atSeconds",
    type: "number",
    unit: "virtual seconds since the start",
    meaning: "When it was seen.",
  },
  { path: "brokenInvariants[].what", type: "text", meaning: "What the observer saw." },
  {
    path: "faults.profile",
    type: "text",
    isOptional: true,
    meaning: "Name of the fault profile, where one was given.",
  },
  {
    path: "faults.injected.*",
    type: "number",
    unit: "times",
    isOptional: true,
    meaning: "How often each kind of fault was injected (`lost-reply`, `death`, …).",
  },
  ...watchFields,
  {
    path: "unusedGrants[].role",
    type: "text",
    meaning: "Role with a right that nothing in this rehearsal asked for.",
  },
  {
    path: "unusedGrants[].accounts[]",
    type: "list of text",
    meaning: "Accounts in which a role of that name stands. What is used in one is used.",
  },
  {
    path: "unusedGrants[].statement",
    type: "text",
    meaning: "Statement that grants it: its Sid, or its place in the role's policies.",
  },
  {
    path: "unusedGrants[].actions[]",
    type: "list of text",
    meaning: "Actions that were not asked for, as the policy spells them.",
  },
  {
    path: "unusedGrants[].why",
    type: "text",
    isOptional: true,
    meaning: "Why the grant stays although no rehearsal can use it.",
  },
];
