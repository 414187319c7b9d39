import { ask, aws } from "../aws-commands.js";
import type { Section } from "../model.js";
import type { ServerOutputs } from "../outputs/schema.js";
import { answered, execution, executionVariable } from "./executions.js";

/** The end of a drill: its own instances, and nothing else. */
export function cleanUp(outputs: ServerOutputs): Section {
  const { hub, spokes } = outputs;
  const longest = Math.max(...outputs.plans.map(({ objectives }) => objectives.rtoMinutes));
  return {
    id: "clean-up",
    title: "Clean-up of a drill",
    about: [
      "Terminates the instances that one drill launched. What a recovery launched, or somebody else, is left alone. Scheduled drills clean up by themselves unless the table of plans says otherwise.",
    ],
    never: ["Terminate a recovery instance by hand before you know that no recovery launched it."],
    variables: [executionVariable("id of the drill that has ended", "drill-2027-01-12")],
    tables: [],
    steps: [
      {
        title: "Terminate the drill's instances",
        why: "Only a drill that has ended can be cleaned up. A recovery is refused.",
        plane: "regional",
        commands: [ask(hub, "execution", { operation: "terminate", executionId: execution })],
        checks: ["The answer names the execution."],
        takesAtMost: answered("execution"),
        back: "A terminated drill instance does not come back; a new drill launches new ones.",
      },
      {
        title: "Wait until nothing is left",
        why: "Terminating takes jobs like launching does, under the same quotas.",
        plane: "regional",
        commands: [
          ask(hub, "execution", { operation: "status", executionId: execution, summary: true }),
        ],
        checks: [
          "`totals.terminated` is the number of servers that were launched.",
          "`leftBehind` is empty. What it names is terminated by hand, in the account and Region of its lane.",
        ],
        takesAtMost: {
          seconds: longest * 60,
          source: "longest objective (RTO) of the plans, which launch as many",
        },
        back: "Call terminate again: it takes up what is left.",
      },
      {
        title: "See in each lane that no drill instance is left",
        why: "The bill does not ask who launched an instance.",
        plane: "regional",
        commands: spokes.flatMap(({ account, name, lanes }) =>
          lanes.map(({ region }) =>
            aws(
              { account, region, note: `lane ${name}, ${region}` },
              "drs",
              "describe-recovery-instances",
              "--query",
              "items[?isDrill].[sourceServerID,ec2InstanceID,jobID]",
            ),
          ),
        ),
        checks: ["Each list is empty, or holds instances of another drill alone."],
        back: "Nothing was changed.",
      },
    ],
  };
}
