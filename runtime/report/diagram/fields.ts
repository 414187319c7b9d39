import { knownText, unknownValue } from "../../rehearsal/program/wire.js";

type Properties = Readonly<Record<string, unknown>>;

/** Reads a component's contract: nothing where a property is absent, not known yet or of another kind. */
export class Fields {
  readonly #properties: Properties;

  constructor(properties: unknown) {
    const isRecord = typeof properties === "object" && properties !== null;
    this.#properties = isRecord ? (properties as Properties) : {};
  }

  get names(): readonly string[] {
    return Object.keys(this.#properties);
  }

  text(name: string): string | undefined {
    return knownText(this.#properties[name]);
  }

  number(name: string): number | undefined {
    const value = this.#properties[name];
    return typeof value === "number" ? value : undefined;
  }

  isTrue(name: string): boolean {
    return this.#properties[name] === true;
  }

  inner(name: string): Fields {
    return new Fields(this.#properties[name]);
  }

  /** The records of a list. */
  records(name: string): readonly Fields[] {
    const value = this.#properties[name];
    return Array.isArray(value) ? value.map((one) => new Fields(one)) : [];
  }

  /** The texts of a list. */
  texts(name: string): readonly string[] {
    const value = this.#properties[name];
    if (!Array.isArray(value)) return [];
    return value.filter((one): one is string => knownText(one) !== undefined);
  }
}

/** Properties in which each value that is not known yet is put as `mark`. */
export function withMarked(value: unknown, mark: unknown): unknown {
  if (value === unknownValue) return mark;
  if (Array.isArray(value)) return value.map((one) => withMarked(one, mark));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withMarked(inner, mark)]),
  );
}
