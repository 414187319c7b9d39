/** Numbers values by what they hold, so that a state is a few numbers. */
export class Identities {
  readonly #byText = new Map<string, number>();
  readonly #byObject = new WeakMap<object, number>();

  of(value: object): number {
    const known = this.#byObject.get(value);
    if (known !== undefined) return known;
    const text = JSON.stringify(value, plain);
    const id = this.#byText.get(text) ?? this.#byText.size;
    this.#byText.set(text, id);
    this.#byObject.set(value, id);
    return id;
  }
}

function plain(_key: string, value: unknown): unknown {
  return value instanceof Map || value instanceof Set ? [...value] : value;
}
