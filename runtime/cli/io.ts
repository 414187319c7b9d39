/** The world around a command: where it writes, and what it may know of its terminal. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly isStdoutTerminal: boolean;
  readonly isStderrTerminal: boolean;
  /** Width of the terminal, characters. */
  readonly columns: number;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Whether text to the terminal may carry colours: https://no-color.org, `TERM=dumb`, no pipe. */
export function wantsColor(io: Io): boolean {
  const { NO_COLOR: noColor, TERM: terminal } = io.variables;
  return io.isStdoutTerminal && (noColor === undefined || noColor === "") && terminal !== "dumb";
}

/** The io of this process. */
export function processIo(): Io {
  const { stdout, stderr, env } = process;
  return {
    stdout: (text) => void stdout.write(text),
    stderr: (text) => void stderr.write(text),
    isStdoutTerminal: stdout.isTTY === true,
    isStderrTerminal: stderr.isTTY === true,
    columns: stderr.columns || 80,
    variables: env,
  };
}
