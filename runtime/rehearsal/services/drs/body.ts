import { tagMap } from "./members.js";
import { invalidField, Refusal } from "./refusal.js";

/** A JSON object off the wire, read member by member; every reader refuses what the API's shapes refuse. */
export type Body = Readonly<Record<string, unknown>>;

/** Parses the body of a request. None at all is an empty one. */
export function parseBody(bytes: Buffer): Body {
  const text = bytes.toString("utf8");
  if (text === "") return {};
  const parsed = parseJson(text);
  if (!isObject(parsed)) throw unreadable("Body must be a JSON object.");
  return parsed;
}

export function optionalObject(body: Body, name: string): Body {
  const value = body[name];
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw invalidField(name, "must be an object");
  return value;
}

export function requiredText(body: Body, name: string): string {
  const value = optionalText(body, name);
  if (value === undefined) throw invalidField(name, "must be given");
  return value;
}

export function optionalText(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw invalidField(name, "must be a string");
  return value;
}

export function optionalFlag(body: Body, name: string): boolean {
  const value = body[name];
  if (value === undefined || value === null) return false;
  if (typeof value !== "boolean") throw invalidField(name, "must be a boolean");
  return value;
}

export function optionalMoment(body: Body, name: string): number | undefined {
  const text = optionalText(body, name);
  if (text === undefined) return undefined;
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw invalidField(name, `must be a timestamp, got "${text}"`);
  return moment;
}

/** A list of `min` to `max` values. Absent is empty. */
function listOf(body: Body, name: string, min: number, max: number): readonly unknown[] {
  const value = body[name] ?? [];
  if (!Array.isArray(value)) throw invalidField(name, "must be a list");
  if (value.length < min || value.length > max) {
    throw invalidField(name, `must have ${min} to ${max} members, got ${value.length}`);
  }
  return value;
}

export function textsOf(body: Body, name: string, min: number, max: number): readonly string[] {
  return listOf(body, name, min, max).map((value) => {
    if (typeof value !== "string") throw invalidField(name, "must hold strings");
    return value;
  });
}

export function objectsOf(body: Body, name: string, min: number, max: number): readonly Body[] {
  return listOf(body, name, min, max).map((value) => {
    if (!isObject(value)) throw invalidField(name, "must hold objects");
    return value;
  });
}

/** Tags, none where absent. */
export function tagsOf(body: Body, name: string): Readonly<Record<string, string>> {
  const given = body[name] ?? undefined;
  return given === undefined ? {} : tagMap(given, name);
}

/** Refuses an id of another kind: `s-` and 17 letters or digits, and so on. */
export function checkId(name: string, value: string, pattern: RegExp): string {
  if (!pattern.test(value))
    throw invalidField(name, `must match ${pattern.source}, got "${value}"`);
  return value;
}

export const idPatterns = {
  server: /^s-[0-9a-zA-Z]{17}$/,
  job: /^drsjob-[0-9a-zA-Z]{17}$/,
  instance: /^i-[0-9a-fA-F]{8,17}$/,
  network: /^sn-[0-9a-zA-Z]{17}$/,
  snapshot: /^pit-[0-9a-zA-Z]{17}$/,
} as const;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable("Body must be JSON.");
  }
}

function unreadable(message: string): Refusal {
  return new Refusal("ValidationException", message, {
    members: { reason: "cannotParse", fieldList: [] },
  });
}

function isObject(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
