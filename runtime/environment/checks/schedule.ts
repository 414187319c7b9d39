import { cronRemedy } from "../cron.js";
import { nearest } from "../nearest.js";
import { type Finding, quoted } from "../problem.js";
import type { DrillDeclaration } from "../schema.js";
import type { Part, Sound } from "../sound.js";
import { found } from "./found.js";

/** Drills that EventBridge Scheduler would not take. */
export function schedules({ drills }: Sound): readonly Finding[] {
  return drills.items.flatMap((drill) => [...wrongCron(drill), ...wrongTimezone(drill)]);
}

function wrongCron({ at, value }: Part<DrillDeclaration>): readonly Finding[] {
  const remedy = cronRemedy(value.cron);
  if (remedy === undefined) return [];
  const rule = "a cron expression (minutes hours day-of-month month day-of-week year)";
  return [found([...at, "cron"], rule, quoted(value.cron), remedy)];
}

function wrongTimezone({ at, value }: Part<DrillDeclaration>): readonly Finding[] {
  const { timezone } = value;
  if (isTimezone(timezone)) return [];
  const meant = nearest(timezone, Intl.supportedValuesOf("timeZone"));
  const remedy =
    meant === undefined ? 'Name it, as in "Europe/London".' : `Write ${quoted(meant)}.`;
  return [found([...at, "timezone"], "a time zone of the IANA database", quoted(timezone), remedy)];
}

/** Names in their own spelling, aliases such as `US/Eastern` included; no offsets (`+01:00`). */
function isTimezone(name: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
