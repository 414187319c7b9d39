/**
 * What lives and dies together: an execution, one run of a Map in it. Closing a scope closes the
 * scopes inside it and takes back whatever their branches wait for.
 */
export class Scope {
  readonly #closers = new Set<() => void>();
  #isOpen = true;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Runs `closer` when the scope closes. Answers how to forget it. */
  onClose(closer: () => void): () => void {
    this.#closers.add(closer);
    return () => {
      this.#closers.delete(closer);
    };
  }

  /** A scope that closes with this one, or before it. */
  child(): Scope {
    const inner = new Scope();
    const forget = this.onClose(() => inner.close());
    inner.onClose(forget);
    return inner;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const closer of [...this.#closers]) closer();
    this.#closers.clear();
  }
}
