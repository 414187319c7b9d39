import { awsDr } from "../aws-commands.js";
import type { Section, Step } from "../model.js";
import type { ServerOutputs } from "../outputs/schema.js";
import {
  environmentFile,
  environmentFileVariable,
  executionVariable,
  lookFirst,
  start,
  steer,
  watch,
} from "./executions.js";

/** A drill of the hub's plans: launched beside production, and cleaned up afterwards. */
export function drill(outputs: ServerOutputs): Section {
  return {
    id: "drill",
    title: "Drill",
    about: [
      "Launches drill instances beside production, which goes on. A server that was really recovered is never touched. Scheduled drills run by themselves; this is how one is run by hand.",
      "It launches instances that cost money until they are cleaned up, as the section about the clean-up says.",
    ],
    never: [
      "Start a drill while production is failing: the drill takes jobs of which a recovery needs every one.",
      "Let drill instances reach what production uses: they are copies, with its names and its passwords.",
    ],
    variables: [
      environmentFileVariable,
      executionVariable(
        "id of this drill: letters, digits and hyphens, 36 at most",
        "drill-2027-01-12",
      ),
    ],
    tables: [],
    steps: [
      rehearseFirst(outputs),
      lookFirst(outputs),
      start(outputs, "drill"),
      watch(outputs, "drill"),
      steer(outputs),
    ],
  };
}

function rehearseFirst({ plans }: ServerOutputs): Step {
  return {
    title: "Rehearse on your own machine",
    why: "The same functions and state machines run against emulated AWS: what the environment file gets wrong is found there.",
    plane: "none",
    commands: [
      awsDr(["check", [environmentFile]], "the file against quotas and objectives"),
      ...plans.map(({ name }) =>
        awsDr(["rehearse", [environmentFile], "--plan", name], `plan ${name}`),
      ),
    ],
    checks: ["Both end with exit code 0.", "The rehearsed time is within the plan's objective."],
    back: "Nothing outside of your machine was touched.",
  };
}
