import type { Instant } from "../../core/instant.js";
import type { ServerOutcome } from "../../core/recovery/state.js";
import type { Breach } from "./invariants/invariant.js";
import type { Ledger } from "./ledger.js";
import type { Scene } from "./scene.js";

/** What the execution itself says of a server. */
export interface ReportedServer {
  readonly server: string;
  readonly outcome: ServerOutcome;
  readonly reason?: string;
  /** Its lane could not be read when the execution was prepared: nothing is known of its servers. */
  readonly isLaneLost?: boolean;
}

export const accountedName = "accounted";

/**
 * Every member ends launched, failed with a reason or skipped with a reason, and what is told as
 * launched was launched.
 */
export function unaccounted(
  scene: Scene,
  ledger: Ledger,
  reported: readonly ReportedServer[],
  at: Instant,
): readonly Breach[] {
  const told = new Map(reported.map((one) => [one.server, one]));
  const ofMembers = [...scene.members.values()].flatMap(({ server, lane }) => {
    const what = whatIsWrong(server, told.get(server), ledger);
    return what === undefined ? [] : [{ what, lane, at }];
  });
  const strangers = reported.filter(({ server }) => !scene.members.has(server));
  const ofStrangers = strangers.map(({ server }) => ({
    what: `${server} is told of, but is no member of the plan`,
    at,
  }));
  return [...ofMembers, ...ofStrangers];
}

function whatIsWrong(
  server: string,
  told: ReportedServer | undefined,
  ledger: Ledger,
): string | undefined {
  if (!told) return `${server} was forgotten: its outcome is not told`;
  if (told.outcome !== "launched") {
    return told.reason ? undefined : `${server} is told as ${told.outcome}, without a reason`;
  }
  const hasLaunched = ledger.launchesOf(server).some(({ outcome }) => outcome === "launched");
  return hasLaunched ? undefined : `${server} is told as launched, but no job launched it`;
}
