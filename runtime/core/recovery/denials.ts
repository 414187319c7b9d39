import { cadence, denialPatienceSeconds } from "../../limits.js";
import { type Instant, latest, secondsBetween } from "../instant.js";
import type { Suspects } from "./state.js";

/**
 * Whether what has been denied since then is taken to be denied for good. Grants spread and guardrails
 * are mended within minutes, so a denial is not believed at once; but who decides must hear of one that
 * lasts long before the wave's deadline.
 */
export function isBelieved(since: Instant, now: Instant): boolean {
  return secondsBetween(since, now) >= denialPatienceSeconds;
}

/** Since when calls were denied that named these servers, where each of them was in such a call. */
export function deniedSince(
  suspects: readonly Suspects[],
  servers: readonly string[],
): Instant | undefined {
  const moments = servers.map(
    (server) => suspects.find((one) => one.servers.includes(server))?.deniedSince,
  );
  const known = moments.filter((moment) => moment !== undefined);
  const [first] = known;
  return first === undefined || known.length < moments.length ? undefined : latest(first, ...known);
}

/** How long a denied call rests: as long as it has been denied so far, within bounds, with jitter. */
export function denialRestSeconds(since: Instant, now: Instant, random: () => number): number {
  const { min, max } = cadence.deniedRestSeconds;
  const ceiling = Math.min(max, Math.max(min, secondsBetween(since, now)));
  return ceiling * (0.5 + random() / 2);
}
