const daySeconds = 86_400;

/**
 * The longest time between two backups of a schedule, in seconds; nothing for one that leaves days
 * out, or that is no cron expression of six fields.
 */
export function backupIntervalSeconds(schedule: string): number | undefined {
  const [, fields] = /^cron\((.+)\)$/.exec(schedule) ?? [];
  const [minutes = "", hours = "", ...days] = fields?.split(" ") ?? [];
  if (days.length !== 4 || days.some((field) => field !== "*" && field !== "?")) return undefined;
  const [atMinutes, atHours] = [valuesOf(minutes, 59), valuesOf(hours, 23)];
  if (atMinutes === undefined || atHours === undefined) return undefined;
  const times = atHours
    .flatMap((hour) => atMinutes.map((minute) => hour * 3_600 + minute * 60))
    .sort((one, other) => one - other);
  const next = [...times.slice(1), (times[0] ?? 0) + daySeconds];
  return Math.max(...times.map((time, index) => (next[index] ?? 0) - time));
}

/** The numbers of a field: `*`, `5`, `1-5`, `0/6`, lists of them; nothing for what is none of these. */
function valuesOf(field: string, max: number): readonly number[] | undefined {
  const values = field.split(",").map((item) => rangeOf(item, max));
  return values.some((range) => range.length === 0) ? undefined : [...new Set(values.flat())];
}

function rangeOf(item: string, max: number): readonly number[] {
  const [, range, from, to, step] = /^(\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(item) ?? [];
  if (range === undefined) return [];
  const first = Number(from ?? 0);
  const isOne = from !== undefined && to === undefined && step === undefined;
  const last = isOne ? first : Number(to ?? max);
  return Array.from({ length: max + 1 }, (_, value) => value).filter(
    (value) => value >= first && value <= last && (value - first) % Number(step ?? 1) === 0,
  );
}
