import type { Bounds, NumberShape, PlainShape, TextShape } from "./model.js";
import type { Rule } from "./violation.js";

/** A rule that a scalar breaks; its place is the caller's to add. */
export interface Broken {
  readonly rule: Rule;
  readonly expected: string;
}

export function brokenByText(shape: TextShape, value: unknown): readonly Broken[] {
  if (typeof value !== "string") return [{ rule: "type", expected: "be a string" }];
  const broken: Broken[] = [];
  if (shape.enum && !shape.enum.includes(value)) {
    broken.push({ rule: "enum", expected: `be one of ${shape.enum.join(", ")}` });
  }
  if (shape.pattern !== undefined && !wholly(shape.pattern).test(value)) {
    broken.push({ rule: "pattern", expected: `match ${shape.pattern}` });
  }
  if (!isWithin(shape, lengthOf(value))) {
    broken.push({ rule: "length", expected: `be ${boundsTold(shape)} characters long` });
  }
  return broken;
}

export function brokenByNumber(shape: NumberShape, value: unknown): readonly Broken[] {
  const isWhole = shape.type === "integer" || shape.type === "long";
  if (typeof value !== "number" || !Number.isFinite(value)) {
    return [{ rule: "type", expected: "be a number" }];
  }
  if (isWhole && !Number.isInteger(value)) {
    return [{ rule: "type", expected: "be a whole number" }];
  }
  return isWithin(shape, value) ? [] : [{ rule: "range", expected: `be ${boundsTold(shape)}` }];
}

export function brokenByPlain(
  shape: PlainShape,
  value: unknown,
  timestamps: "iso8601" | "unixTimestamp",
): readonly Broken[] {
  switch (shape.type) {
    case "boolean":
      return typeof value === "boolean" ? [] : [{ rule: "type", expected: "be a boolean" }];
    case "blob":
      return typeof value === "string" && base64.test(value)
        ? []
        : [{ rule: "type", expected: "be base64" }];
    case "timestamp":
      return brokenByTimestamp(shape.timestampFormat ?? timestamps, value);
  }
}

/** Counted as AWS does, by code points. */
function lengthOf(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? [...text].length : text.length;
}

export function isWithin({ min, max }: Bounds, size: number): boolean {
  return size >= (min ?? Number.NEGATIVE_INFINITY) && size <= (max ?? Number.POSITIVE_INFINITY);
}

export function boundsTold({ min, max }: Bounds): string {
  if (max === undefined) return `at least ${min}`;
  return min === undefined ? `at most ${max}` : `${min} to ${max}`;
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function brokenByTimestamp(format: "iso8601" | "unixTimestamp", value: unknown): readonly Broken[] {
  if (format === "unixTimestamp") {
    const isSeconds = typeof value === "number" && Number.isFinite(value);
    return isSeconds ? [] : [{ rule: "timestamp", expected: "be seconds since 1970" }];
  }
  const isMoment =
    typeof value === "string" && dateTime.test(value) && !Number.isNaN(Date.parse(value));
  return isMoment ? [] : [{ rule: "timestamp", expected: "be an ISO 8601 timestamp" }];
}

const compiled = new Map<string, RegExp>();

/** Patterns of AWS models hold for the whole value, without saying so by anchors. */
function wholly(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const expression = new RegExp(`^(?:${pattern})$`, pattern.includes("\\p{") ? "u" : "");
  compiled.set(pattern, expression);
  return expression;
}
