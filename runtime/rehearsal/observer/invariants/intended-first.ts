import type { SentCall } from "../journal-watch.js";
import type { Breach, InvariantFactory } from "./invariant.js";

/** Every changing call has its intent in the journal before it is sent, and no batch is called twice. */
export const intendedFirst: InvariantFactory = ({ sent }) => ({
  name: "intended-first",
  end() {
    const called = new Set<string>();
    return sent.flatMap((call) => {
      const what = whatIsWrong(call, called);
      if (call.batch !== undefined) called.add(call.batch);
      return what === undefined ? [] : [{ what, lane: call.lane, at: call.at } satisfies Breach];
    });
  },
});

function whatIsWrong(
  { operation, targets, batch }: SentCall,
  called: ReadonlySet<string>,
): string | undefined {
  if (batch === undefined) {
    const [first = "nothing"] = targets;
    return `${operation} of ${targets.length} (${first} among them) was sent before the journal held its batch`;
  }
  return called.has(batch) ? `${operation} was sent again for batch ${batch}` : undefined;
}
