import { quoted } from "./problem.js";

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
  readonly takesSteps: boolean;
  /** What the field takes beside values, ranges, steps and lists of them. */
  readonly alone?: RegExp;
}

const months = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const days = "SUN MON TUE WED THU FRI SAT".split(" ");

/** Source: "Schedule types on EventBridge Scheduler", EventBridge Scheduler User Guide. */
const fields: readonly Field[] = [
  { name: "minutes", min: 0, max: 59, names: [], takesSteps: true },
  { name: "hours", min: 0, max: 23, names: [], takesSteps: true },
  {
    name: "day-of-month",
    min: 1,
    max: 31,
    names: [],
    takesSteps: true,
    alone: /^(\?|L|LW|([1-9]|[12]\d|3[01])W)$/,
  },
  { name: "month", min: 1, max: 12, names: months, takesSteps: true },
  {
    name: "day-of-week",
    min: 1,
    max: 7,
    names: days,
    takesSteps: false,
    alone: /^(\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/,
  },
  { name: "year", min: 1970, max: 2199, names: [], takesSteps: true },
];

/**
 * Says what to do about text that is no cron expression of EventBridge Scheduler (six fields, `?`
 * in exactly one of the two day fields, without `cron()`), or nothing when it is one.
 */
export function cronRemedy(expression: string): string | undefined {
  if (/^\s*cron\(/.test(expression)) return 'Leave out "cron(" and ")".';
  if (/^\s*(rate|at)\(/.test(expression)) {
    return 'Write the time as cron, as in "0 9 ? * TUE#2 *": a drill needs a time of day.';
  }
  const given = expression.trim().split(/\s+/);
  if (given.length !== fields.length) return wrongCount(given.length);
  const wrong = fields.flatMap((field, index) => fieldRemedy(field, given[index] ?? "") ?? []);
  if (wrong.length > 0) return wrong.join(" ");
  const anyDays = [given[2], given[4]].filter((field) => field === "?").length;
  return anyDays === 1 ? undefined : "Put ? in exactly one of day-of-month and day-of-week.";
}

function wrongCount(count: number): string {
  if (count === 5) {
    return "Unix cron has five fields: add the year, and put ? in one of the two day fields.";
  }
  return `Give six fields instead of ${count}, as in "0 9 ? * TUE#2 *".`;
}

function fieldRemedy(field: Field, text: string): string | undefined {
  if (field.alone?.test(text)) return undefined;
  const isRight = text.split(",").every((item) => isItem(field, item));
  return isRight ? undefined : `Correct the ${field.name} ${quoted(text)}: ${grammarOf(field)}.`;
}

function grammarOf({ name, min, max, names, takesSteps }: Field): string {
  const named = names.length === 0 ? "" : ` or ${names[0]} to ${names.at(-1)}`;
  const steps = takesSteps ? ", ranges (1-5), steps (0/10)" : ", ranges (2-6), FRIL, TUE#2";
  const first = name === "day-of-week" ? " (1 is Sunday)" : "";
  return `it takes ${min} to ${max}${first}${named}${steps}, lists of them, or *`;
}

/** `*`, `3`, `3-5`, `0/10`, `0-30/10`. */
function isItem(field: Field, item: string): boolean {
  const [range = "", step, ...rest] = item.split("/");
  if (rest.length > 0) return false;
  if (step !== undefined && !(field.takesSteps && isStep(field, step))) return false;
  if (range === "*") return true;
  const [from = "", to, ...more] = range.split("-");
  if (more.length > 0) return false;
  const first = numberIn(field, from);
  const last = to === undefined ? first : numberIn(field, to);
  return first !== undefined && last !== undefined && first <= last;
}

function isStep(field: Field, text: string): boolean {
  return /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= field.max;
}

function numberIn({ names, min, max }: Field, text: string): number | undefined {
  const index = names.indexOf(text);
  if (index !== -1) return index + 1;
  if (!/^\d{1,4}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= min && number <= max ? number : undefined;
}
