import type { z } from "zod";
import { type Path, valueAt } from "./path.js";
import {
  type CellDeclaration,
  type ContactDeclaration,
  type DrillDeclaration,
  type Environment,
  environmentSchema,
  type LaneDeclaration,
  type MemberDeclaration,
  type ResponsibilityDeclaration,
  type ServerEnvironment,
  type WaveDeclaration,
} from "./schema.js";

/** A part of the file that keeps the schema, and where it stands. */
export interface Part<T> {
  readonly at: Path;
  readonly value: T;
}

/** The parts of a list that keep the schema; `isComplete` when that is all of them. */
export interface Parts<T> {
  readonly items: readonly Part<T>[];
  readonly isComplete: boolean;
}

/** Something named that holds a list; the name is absent where it breaks the schema. */
export interface Named<T> {
  readonly at: Path;
  readonly name: Part<string> | undefined;
  readonly parts: Parts<T>;
}

export interface SoundAccount extends Named<LaneDeclaration> {
  readonly id: Part<string> | undefined;
}

/**
 * The parts of a file that keep the schema, so that they can be checked against each other while
 * others are still broken. What is broken is absent, and its list says that it is not complete.
 */
export interface Sound {
  readonly name: Part<string> | undefined;
  readonly regions: Part<ServerEnvironment["hub"]["regions"]> | undefined;
  /** Addresses that the hub tells. */
  readonly notified: Parts<string>;
  readonly capacity: Part<Environment["capacity"]> | undefined;
  readonly accounts: readonly SoundAccount[];
  readonly groups: readonly Named<MemberDeclaration>[];
  readonly plans: readonly Named<WaveDeclaration>[];
  readonly drills: Parts<DrillDeclaration>;
  readonly contacts: Parts<ContactDeclaration>;
  readonly responsibilities: Parts<ResponsibilityDeclaration>;
  readonly cells: Parts<CellDeclaration>;
  /** Whether the key was typed, or its default stands in. */
  isGiven(path: Path): boolean;
}

const { shape } = environmentSchema;
const accountShape = shape.accounts.element.shape;
const groupShape = shape.groups.element.shape;
const planShape = shape.plans.element.shape;

/** Picks from any value the parts that keep the schema. */
export function soundParts(raw: unknown): Sound {
  const part = <T extends z.ZodType>(schema: T, at: Path) => partAt(raw, schema, at);
  const parts = <T extends z.ZodType>(schema: T, at: Path) => partsAt(raw, schema, at);
  return {
    name: part(shape.name, ["name"]),
    regions: part(shape.hub.shape.regions, ["hub", "regions"]),
    notified: parts(shape.hub.shape.notify.unwrap().element, ["hub", "notify"]),
    capacity: part(shape.capacity, ["capacity"]),
    accounts: itemPaths(raw, ["accounts"]).map((at) => ({
      at,
      id: part(accountShape.id, [...at, "id"]),
      name: part(accountShape.name, [...at, "name"]),
      parts: parts(accountShape.lanes.element, [...at, "lanes"]),
    })),
    groups: itemPaths(raw, ["groups"]).map((at) => ({
      at,
      name: part(groupShape.name, [...at, "name"]),
      parts: parts(groupShape.members.element, [...at, "members"]),
    })),
    plans: itemPaths(raw, ["plans"]).map((at) => ({
      at,
      name: part(planShape.name, [...at, "name"]),
      parts: parts(planShape.waves.element, [...at, "waves"]),
    })),
    drills: parts(shape.drills.unwrap().element, ["drills"]),
    contacts: parts(shape.contacts.unwrap().element, ["contacts"]),
    responsibilities: parts(shape.responsibilities.unwrap().element, ["responsibilities"]),
    cells: parts(shape.cells.unwrap().element, ["cells"]),
    isGiven: (path) => valueAt(raw, path) !== undefined,
  };
}

/** Whether a list that must not be empty is all there. */
export function isWhole({ items, isComplete }: Parts<unknown>): boolean {
  return isComplete && items.length > 0;
}

/** Whether every part has a name, so that a name that is not among them is unknown indeed. */
export function allNamed(parts: readonly Named<unknown>[]): boolean {
  return parts.length > 0 && parts.every(({ name }) => name !== undefined);
}

function itemPaths(raw: unknown, at: Path): readonly Path[] {
  const list = valueAt(raw, at);
  return Array.isArray(list) ? list.map((_, index) => [...at, index]) : [];
}

function partAt<T extends z.ZodType>(
  raw: unknown,
  schema: T,
  at: Path,
): Part<z.infer<T>> | undefined {
  const parsed = schema.safeParse(valueAt(raw, at));
  return parsed.success ? { at, value: parsed.data } : undefined;
}

/** The items of a list that keep their schema. */
export function partsAt<T extends z.ZodType>(raw: unknown, schema: T, at: Path): Parts<z.infer<T>> {
  const paths = itemPaths(raw, at);
  const items = paths.flatMap((path) => partAt(raw, schema, path) ?? []);
  const list = valueAt(raw, at);
  const isComplete = items.length === paths.length && (list === undefined || Array.isArray(list));
  return { items, isComplete };
}
