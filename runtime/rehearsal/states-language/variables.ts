import type { Json } from "./json.js";

/** Variables of a machine or of one Map item, which reads those around it and writes its own. */
export class Variables {
  readonly #outer: Variables | undefined;
  readonly #own = new Map<string, Json>();

  constructor(outer?: Variables) {
    this.#outer = outer;
  }

  assign(values: Readonly<Record<string, Json>>): void {
    for (const [name, value] of Object.entries(values)) this.#own.set(name, value);
  }

  /** All that is visible here, by name. */
  visible(): Readonly<Record<string, Json>> {
    return { ...this.#outer?.visible(), ...Object.fromEntries(this.#own) };
  }
}
