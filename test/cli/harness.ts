import type { Io } from "../../runtime/cli/io.js";
import { realTools } from "../../runtime/cli/real-tools.js";
import { run } from "../../runtime/cli/run.js";
import type { Tools } from "../../runtime/cli/tools.js";
import { loadEnvironment } from "../../runtime/environment/load.js";
import type { Environment } from "../../runtime/environment/schema.js";

export const sixServersFile = "examples/six-servers/environment.yaml";

/** The environment of the smallest example, as a fresh copy that a test may change. */
export function sixServersEnvironment(): Environment {
  const loaded = loadEnvironment(sixServersFile);
  if (!loaded.ok) throw new Error(`${sixServersFile} must be a valid example`);
  return structuredClone(loaded.environment);
}

/** What a command line printed, and its exit code. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. Tools that a test does not bring are the real ones. */
export async function ran(
  argv: readonly string[],
  tools: Partial<Tools> = {},
  io: Partial<Io> = {},
): Promise<Ran> {
  const printed = { stdout: "", stderr: "" };
  const code = await run(
    argv,
    {
      stdout: (text) => {
        printed.stdout += text;
      },
      stderr: (text) => {
        printed.stderr += text;
      },
      isStdoutTerminal: false,
      isStderrTerminal: false,
      columns: 80,
      variables: {},
      ...io,
    },
    { ...realTools, ...tools },
  );
  return { code, ...printed };
}

/** Tools that load this environment whatever the file is called. */
export function loading(environment: Environment): Pick<Tools, "load"> {
  return { load: () => Promise.resolve({ environment }) };
}
