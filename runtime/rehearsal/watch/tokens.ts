/** Reads a text token by token. */
export interface Tokens {
  /** The next token, which stays; nothing at the end. */
  peek(): string | undefined;
  /** Takes the next token if it is this one. */
  take(token: string): boolean;
  /** Takes the next token, whatever it is. */
  next(): string;
  /** Takes this token, or fails. */
  expect(token: string): void;
  /** Fails unless everything was read. */
  end(): void;
}

/** Cuts a text into what the pattern matches; fails where it matches nothing. */
export function tokensOf(text: string, pattern: RegExp, what: string): Tokens {
  const all = text.match(pattern) ?? [];
  const rest = text.replaceAll(pattern, "").trim();
  let place = 0;
  const fail = (got: string | undefined): Error =>
    new Error(
      `${what} must be one that this rehearsal can read, got "${got ?? "its end"}" in "${text}"`,
    );
  if (rest !== "") throw fail(rest);
  const next = (): string => {
    const token = all[place];
    if (token === undefined) throw fail(undefined);
    place += 1;
    return token;
  };
  return {
    peek: () => all[place],
    take(token) {
      if (all[place] !== token) return false;
      place += 1;
      return true;
    },
    next,
    expect(token) {
      const got = all[place];
      if (got !== token) throw fail(got);
      place += 1;
    },
    end() {
      if (place < all.length) throw fail(all[place]);
    },
  };
}
