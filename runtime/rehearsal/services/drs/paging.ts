import type { Body } from "./body.js";
import { optionalText } from "./body.js";
import { invalidField } from "./refusal.js";
import type { World } from "./world.js";

/** An item with its place in the list: pages go up by this key, so that they neither skip nor repeat when the list changes. */
export interface Placed<T> {
  readonly key: string;
  readonly item: T;
}

/** The page that a call asks for. An empty token is none. Where the API model has a bound, more is refused. */
export function page<T>(
  world: World,
  body: Body,
  all: readonly Placed<T>[],
  { mostAllowed }: { readonly mostAllowed?: number } = {},
): { readonly items: readonly T[]; readonly nextToken?: string } {
  const size = pageSize(world, body.maxResults, mostAllowed);
  const token = optionalText(body, "nextToken");
  const after = token ? keyOf(token) : undefined;
  const sorted = [...all].sort((a, b) => compare(a.key, b.key));
  const rest = after === undefined ? sorted : sorted.filter(({ key }) => compare(key, after) > 0);
  const shown = rest.slice(0, size);
  const last = shown.at(-1);
  const items = shown.map(({ item }) => item);
  return last && rest.length > size ? { items, nextToken: tokenOf(last.key) } : { items };
}

/** A key under which larger numbers come first. */
export function descending(place: number): string {
  return String(Number.MAX_SAFE_INTEGER - place).padStart(16, "0");
}

/** A key under which smaller numbers come first. */
export function ascending(place: number): string {
  return String(place).padStart(16, "0");
}

function pageSize(world: World, wanted: unknown, mostAllowed: number | undefined): number {
  const { defaultPageSize, maxPageSize } = world.switches;
  if (wanted === undefined || wanted === null) {
    return Math.min(defaultPageSize, mostAllowed ?? defaultPageSize);
  }
  if (typeof wanted !== "number" || !Number.isInteger(wanted) || wanted < 1) {
    throw invalidField("maxResults", `must be a whole number from 1, got ${String(wanted)}`);
  }
  if (mostAllowed !== undefined && wanted > mostAllowed) {
    throw invalidField("maxResults", `must be at most ${mostAllowed}, got ${wanted}`);
  }
  return Math.min(wanted, maxPageSize);
}

function tokenOf(key: string): string {
  return Buffer.from(`after:${key}`).toString("base64");
}

function keyOf(token: string): string {
  const text = Buffer.from(token, "base64").toString("utf8");
  if (!text.startsWith("after:")) throw invalidField("nextToken", "must come from the page before");
  return text.slice("after:".length);
}

/** By code units: no locale decides an order here. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
