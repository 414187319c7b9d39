import { known, UNKNOWN, uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { definitionOf } from "../state-machine.js";
import { machineProblems } from "../state-machine-problems.js";

const type = "aws:sfn/stateMachine:StateMachine";

/** A machine that hangs in a disaster is found by the one who waits for it. */
export const machineBounded: Rule = {
  name: "dr-machine-bounded",
  description: "State machines bound every wait, repeat errors that pass, and rest in every loop.",
  why: "A machine that waits for ever or gives up at a throttled call recovers nothing, and says nothing.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps:
    "Give Tasks time-outs and retries, Maps a concurrency, and loops a Wait, as each finding says.",
  url: awsPages.stateMachines,
  validateResource: ({ type: shown, props }, report) => {
    if (shown !== type) return;
    const text = known(() => props.definition);
    if (text === UNKNOWN) return uncheckable("definition");
    const definition = definitionOf(text);
    if (definition === undefined) {
      report("definition must be a state machine in JSON, got text that is none.");
      return;
    }
    for (const problem of machineProblems(definition)) report(`definition.${problem}`);
  },
};
