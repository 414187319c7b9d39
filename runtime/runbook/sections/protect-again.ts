import { aws } from "../aws-commands.js";
import type { SectionVariable, Step } from "../model.js";
import type { ServerOutputs } from "../outputs/schema.js";
import { variable } from "../words.js";
import { perLane } from "./lanes.js";

const recoveryInstance = variable("RECOVERY_INSTANCE");

export const recoveryInstanceVariable: SectionVariable = {
  name: recoveryInstance.variable,
  meaning: "id of one recovery instance, from the list of its lane; one after the other",
  example: "i-11111111111111111",
};

/** What was recovered replicates again, to where its server came from. */
export function protectAgain(outputs: ServerOutputs): Step {
  return {
    title: "Protect what was recovered, as soon as where it came from is well",
    why: "What was recovered is not protected until it replicates again. One call a server, in the recovery instance's own Region; DRS then makes a source server where the original came from, and copies everything anew.",
    plane: "regional",
    commands: perLane(outputs, (at) => [
      aws(
        at,
        "drs",
        "describe-recovery-instances",
        ...["--query", "items[?!isDrill].[recoveryInstanceID,sourceServerID,failback.state]"],
      ),
      aws(
        { ...at, note: `${at.note}: each of them` },
        "drs",
        "reverse-replication",
        ...["--recovery-instance-id", [recoveryInstance]],
      ),
    ]),
    checks: [
      "Before: DRS is set up in the account and Region that the servers came from.",
      "Each recovery instance is listed with a way back that has begun. It counts among the replicating servers of the account and Region that it goes back to, and is billed there.",
      "Servers from outside of AWS have no such call: they go back by DRS's failback client.",
    ],
    back: "Stop the replication of the source server that was made. Never that of the original: DRS deletes its points in time with it.",
  };
}

/** How production comes home; the hub's plans lead in one direction, so it is done by hand. */
export function goHome(): Step {
  return {
    title: "Later, planned: go back",
    why: "The hub's plans lead in one direction. The way back is the same in the other one, wave by wave, with the calls of the section about a lost hub: in the account and Region that the servers came from.",
    plane: "none",
    commands: [],
    checks: [
      "Before: each source server that was made there is `CONTINUOUS`, and a drill of it was launched and looked at.",
      "A wave's servers are stopped where they run, then launched there with `aws drs start-recovery`, then looked at, before the next wave.",
      "Each server that came back replicates again, by `aws drs reverse-replication` there: until then it has no copy.",
      "A recovery instance that was left is terminated last, after its replication was stopped.",
    ],
    back: "Start the stopped servers again where they ran: nothing of them was deleted.",
  };
}
