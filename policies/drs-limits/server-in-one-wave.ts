import { uncheckable } from "../known.js";
import type { Rule } from "../rule.js";
import { isContained, type SelectionPair, selectionPairs, serversInBoth } from "./selections.js";

/**
 * A server is recovered in one wave. Two groups that name the same server, or selectors of which one
 * implies the other, leave open which wave that is, and an execution refuses to guess.
 */
export const serverInOneWave: Rule = {
  name: "dr-server-in-one-wave",
  description: "No server is in two groups, or two waves, of one plan.",
  why: "An execution of the plan is refused before it starts: nobody said which wave recovers it.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Narrow one of the two waves, or take the server out of one group.",
  validateStack: (stack, report) => {
    const { pairs, unread } = selectionPairs(stack);
    for (const pair of pairs) {
      const got = overlap(pair);
      if (got) report(`${wavesOf(pair)} must select different servers, got ${got}`, pair.plan.urn);
    }
    uncheckable(...unread);
  },
};

function overlap(pair: SelectionPair): string | undefined {
  const { one, other } = pair;
  const groups = `groups "${one.group}" and "${other.group}" in ${one.lane}`;
  const servers = serversInBoth(pair);
  if (servers.length > 0) {
    const ids = servers.map((id) => `"${id}"`).join(", ");
    return `${ids} in both (${groups}). Leave each in one.`;
  }
  if (!isContained(pair)) return undefined;
  return `selectors of which one holds all that the other selects (${groups}). Narrow one of them.`;
}

function wavesOf({ one, other }: SelectionPair): string {
  return `waves "${one.wave}" and "${other.wave}"`;
}
