import type { StateFailure } from "./failure.js";
import type { Json } from "./json.js";

/** The Task that waits behind a token. */
export interface TokenHolder {
  /** The machine whose Task it is. */
  readonly machineArn: string;
  succeed(output: Json): void;
  fail(failure: StateFailure): void;
  beat(): void;
}

/** How the answer to a token ended: nobody ever had it, or its Task is over. */
export type TokenState = "open" | "closed" | "unknown";

/** Tokens that Tasks handed out. A token is answered once. */
export class TaskTokens {
  readonly #newId: () => string;
  readonly #open = new Map<string, TokenHolder>();
  readonly #closed = new Set<string>();

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  issue(): string {
    return `AQC${this.#newId()}`;
  }

  open(token: string, holder: TokenHolder): void {
    this.#open.set(token, holder);
  }

  /** The Task is over; may be said twice. */
  close(token: string): void {
    if (this.#open.delete(token)) this.#closed.add(token);
  }

  stateOf(token: string): TokenState {
    if (this.#open.has(token)) return "open";
    return this.#closed.has(token) ? "closed" : "unknown";
  }

  holder(token: string): TokenHolder | undefined {
    return this.#open.get(token);
  }
}
