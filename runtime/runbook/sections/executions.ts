import { hubBundles } from "../../bundles.js";
import { cadence } from "../../limits.js";
import { ask, aws } from "../aws-commands.js";
import type { SectionVariable, Step, TimeBound } from "../model.js";
import type { ServerOutputs } from "../outputs/schema.js";
import { variable } from "../words.js";

export const execution = variable("EXECUTION");

/** What stands for the environment file in commands: outputs do not know where it lies. */
export const environmentFile = variable("ENVIRONMENT_FILE");

export const environmentFileVariable: SectionVariable = {
  name: environmentFile.variable,
  meaning: "path of the environment file that the stack was deployed from",
  example: "environment.yaml",
};

export function executionVariable(meaning: string, example: string): SectionVariable {
  return { name: execution.variable, meaning, example };
}

/** One answer of a function of the hub. */
export function answered(fn: keyof typeof hubBundles): TimeBound {
  return { seconds: hubBundles[fn].timeoutSeconds, source: "time-out of the function" };
}

/** What must be looked at before anything is started. */
export function lookFirst({ hub, plans, capacity }: ServerOutputs): Step {
  const { account, homeRegion: region } = hub;
  const alarms = Object.values(capacity.alarms).map((arn) => arn.split(":alarm:")[1] ?? arn);
  return {
    title: "Look at the lanes, and at what the plan would find",
    why: "A lane that the hub cannot read, or that is full of somebody else's jobs, is better known before than found on the way.",
    plane: "regional",
    commands: [
      ask(hub, "query", { operation: "quotas" }, "what each lane has in use of its quotas"),
      ...plans.map(({ name }) =>
        ask(hub, "query", { operation: "resolve", plan: name }, `the servers of plan ${name}`),
      ),
      aws(
        { account, region, note: "the alarms over all lanes" },
        "cloudwatch",
        "describe-alarms",
        "--alarm-types",
        "CompositeAlarm",
        "--alarm-names",
        ...alarms,
      ),
    ],
    checks: [
      "Every lane answers without a problem.",
      "Every wave of the plan has the servers that you expect, and `problems` is empty.",
      "No alarm stands that speaks against starting.",
    ],
    takesAtMost: answered("query"),
    back: "Nothing was changed.",
  };
}

/** Starting a plan, as a drill or in earnest. */
export function start({ hub, plans }: ServerOutputs, kind: "drill" | "recovery"): Step {
  const settings = kind === "drill" ? { cleanUp: false } : {};
  return {
    title: kind === "drill" ? "Start the drill" : "Start the recovery",
    why: "The id is yours: a call that is not answered is repeated with the same id, and starts nothing twice.",
    plane: "regional",
    commands: plans.map(({ name }) =>
      ask(
        hub,
        "execution",
        { operation: "start", plan: name, kind, executionId: execution, ...settings },
        `plan ${name}`,
      ),
    ),
    checks: [
      "The answer names the execution.",
      "An answer `plan-locked` names the execution that runs this plan already: look at it before you do anything else.",
    ],
    takesAtMost: answered("execution"),
    back: "Cancel it, as the next step says: what was started is watched to its end, and nothing more is started.",
  };
}

/** Watching an execution, and stopping it. */
export function watch(outputs: ServerOutputs, kind: "drill" | "recovery"): Step {
  const { hub, plans } = outputs;
  const { account, homeRegion: region } = hub;
  const longest = Math.max(...plans.map(({ objectives }) => objectives.rtoMinutes));
  return {
    title: "Watch it to its end",
    why: `The status is the journal's: which servers wait, and for what. Lanes are looked at every ${cadence.jobPollSeconds} seconds.`,
    plane: "regional",
    commands: [
      ask(
        hub,
        "execution",
        { operation: "status", executionId: execution, summary: true },
        "how far it is; leave summary out for every server",
      ),
      aws(
        { account, region, note: "whether its state machine runs" },
        "stepfunctions",
        "describe-execution",
        "--execution-arn",
        [`${hub.machines.recoverPlan.replace(":stateMachine:", ":execution:")}:`, execution],
      ),
    ],
    checks: [
      "`state` is `ended`, and `outcome` is `recovered`.",
      "`lostLanes` is empty; a lost lane says why.",
      "Servers that failed or were skipped each say why.",
      ...(kind === "recovery" ? ["The applications answer: ask their owners."] : []),
    ],
    takesAtMost: { seconds: longest * 60, source: "longest objective (RTO) of the plans" },
    back: "Pause, resume or cancel it.",
  };
}

/** What an operator may tell an execution that runs. */
export function steer({ hub }: ServerOutputs): Step {
  const told = (operation: "pause" | "resume" | "cancel", note: string) =>
    ask(hub, "execution", { operation, executionId: execution }, note);
  return {
    title: "If need be, hold it or end it",
    why: "A pause starts nothing new and forgets nothing. A cancelled execution cannot be taken up again.",
    plane: "regional",
    commands: [
      told("pause", "nothing new is started"),
      told("resume", "goes on where it stood"),
      told("cancel", "for good"),
    ],
    checks: ["The status shows the command that was given."],
    takesAtMost: {
      seconds: cadence.pausedLookSeconds,
      source: "longest sleep of a lane; a wake-up is sent at once",
    },
    back: "Resume what is paused. Start what was cancelled anew, under another id.",
  };
}
