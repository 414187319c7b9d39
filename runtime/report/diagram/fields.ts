import { knownText } from "../../rehearsal/program/wire.js";

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

  isFalse(name: string): boolean {
    return this.#properties[name] === false;
  }

  inner(name: string): Fields {
    return new Fields(this.#properties[name]);
  }

  /** The records of a list. */
  records(name: string): readonly Fields[] {
    const value = this.#properties[name];
    return Array.isArray(value) ? value.map((one) => new Fields(one)) : [];
  }

  /** The lists of a list. */
  lists(name: string): readonly (readonly unknown[])[] {
    const value = this.#properties[name];
    return Array.isArray(value) ? value.filter((one) => Array.isArray(one)) : [];
  }

  /** The texts of a list. */
  texts(name: string): readonly string[] {
    const value = this.#properties[name];
    if (!Array.isArray(value)) return [];
    return value.filter((one): one is string => knownText(one) !== undefined);
  }
}
