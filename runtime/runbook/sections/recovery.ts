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
import { goHome, protectAgain, recoveryInstanceVariable } from "./protect-again.js";

/** A recovery in earnest: the servers that it launches are production from then on. */
export function recovery(outputs: ServerOutputs): Section {
  return {
    id: "recovery",
    title: "Recovery",
    about: [
      "Launches the servers of a plan in earnest, wave by wave. What is launched is production from then on, and nothing here terminates it.",
      "Of the hub it needs its home Region. Where that Region is lost, go to the section about it.",
    ],
    never: [
      "Recover servers whose originals may still run: two productions at once are worse than none.",
      "Start servers of the plan by hand beside it: one call for a server that is in another job fails as a whole.",
      "Stop the replication of an original: DRS deletes all its points in time with it.",
    ],
    variables: [
      environmentFileVariable,
      executionVariable(
        "id of this recovery: letters, digits and hyphens, 36 at most",
        "recovery-2027-01-12",
      ),
      recoveryInstanceVariable,
    ],
    tables: [],
    steps: [
      decide(outputs),
      lookFirst(outputs),
      start(outputs, "recovery"),
      watch(outputs, "recovery"),
      steer(outputs),
      protectAgain(outputs),
      afterwards(),
      goHome(),
    ],
  };
}

function decide({ plans }: ServerOutputs): Step {
  return {
    title: "Decide",
    why: "Two productions at once are worse than none. Somebody decides, and says so to the others.",
    plane: "none",
    commands: plans.map(({ name }) =>
      awsDr(
        ["rehearse", [environmentFile], "--plan", name, "--recovery"],
        `how long plan ${name} takes when nothing goes wrong`,
      ),
    ),
    checks: [
      "The originals are down for good, or have been stopped: a recovered server may bear their names.",
      "It was said who decided, and when.",
      "No drill of the same plan runs. Cancel it if one does.",
    ],
    back: "Until a recovery is started, nothing has happened.",
  };
}

function afterwards(): Step {
  return {
    title: "Write it down, and let deployments go on",
    why: "The journal keeps what the hub did. What people did and saw, nobody keeps but they.",
    plane: "none",
    commands: [{ argv: ["pulumi", "preview", "--refresh"] }],
    checks: [
      "What was found is written down, with the execution's id.",
      "The preview proposes nothing that you do not want.",
    ],
    back: "Nothing was changed.",
  };
}
