import { type ChildProcess, spawn } from "node:child_process";
import { env } from "node:process";

/**
 * What a child process does before Pulumi's runner starts. It changes nothing that a program can
 * tell, and halves the time of a small one:
 * - arborist and TypeScript are loaded on first use: only closures that become Lambdas need them;
 * - stack traces are not traced back to TypeScript: for that, each resource type's source map would be
 *   read when its first resource is made, and nobody is shown a trace;
 * - the SDK's debug messages, three calls a resource, are not sent;
 * - errors print as `Name: message`, so that no stack trace has to be made and then cut off.
 */
const preload = `
import Module from "node:module";
const load = Module._load;
const isLate = (request, parent) =>
  request === "@npmcli/arborist" ||
  (request === "typescript" && parent?.filename?.endsWith("typescript-shim.js"));
const late = (start) => {
  let loaded;
  const get = () => (loaded ??= start());
  return new Proxy(function () {}, {
    get: (_, key) => (key === "__esModule" ? true : get()[key]),
    construct: (_, args) => Reflect.construct(get(), args),
    apply: (_, self, args) => Reflect.apply(get(), self, args),
  });
};
Module._load = function (request, parent, isMain) {
  if (request === "source-map-support/register") return {};
  if (isLate(request, parent)) return late(() => load.call(this, request, parent, isMain));
  const exported = load.call(this, request, parent, isMain);
  if (/(^|[/])log$/.test(request) && exported?.hasErrors && exported.debug) {
    exported.debug = async () => {};
  }
  return exported;
};
const shown = function () {
  const cause = this.cause instanceof Error ? " (" + this.cause.message + ")" : "";
  return this.name + ": " + this.message + cause;
};
Object.defineProperty(Error.prototype, Symbol.for("nodejs.util.inspect.custom"), {
  value: shown, configurable: true, writable: true,
});
`;

/** `--import` in one word: where it stands alone, Pulumi's runner takes it for a loader of TypeScript. */
const nodeArguments = [
  "--stack-trace-limit=0",
  // Whether a rejection is handled late hangs on how fast the machine is, and says nothing to an author.
  "--disable-warning=PromiseRejectionHandledWarning",
  `--import=data:text/javascript,${encodeURIComponent(preload)}`,
] as const;

/** A child process of Pulumi's, and what it has printed to stderr. */
export interface Child {
  readonly process: ChildProcess;
  readonly printed: () => string;
}

/**
 * Starts one of the SDK's runners in a directory. It inherits this process's environment, except
 * for tracing, whose start-up costs more than a small program.
 */
export function startChild(
  directory: string,
  command: readonly string[],
  environmentVariables: Readonly<Record<string, string>>,
): Child {
  const { TRACEPARENT: _tracing, ...inherited } = env;
  const child = spawn(globalThis.process.execPath, [...nodeArguments, ...command], {
    cwd: directory,
    env: { ...inherited, ...environmentVariables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  return { process: child, printed: () => printed };
}
