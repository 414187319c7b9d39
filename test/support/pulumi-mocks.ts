import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { waitForRPCs } from "@pulumi/pulumi/runtime/settings.js";
import { withLocalStorage } from "@pulumi/pulumi/runtime/state.js";
import { bundles } from "../../runtime/bundles.js";
import { madeByPlugin } from "../../runtime/rehearsal/program/plugin-components.js";

/** Exported by the SDK, but marked internal: without them programs of one process share an engine. */
declare module "@pulumi/pulumi/runtime/state.js" {
  export function withLocalStorage<T>(callback: () => T): T;
}
declare module "@pulumi/pulumi/runtime/settings.js" {
  export function waitForRPCs(): Promise<void>;
}

/** A resource that a program registered under the mocks. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** Name of its parent; absent for the program's own resources. */
  readonly parent?: string;
  /** Name of its provider; absent for components and for resources of a default provider. */
  readonly provider?: string;
  readonly protect: boolean;
  /** Property paths whose changes a deployment leaves alone. */
  readonly ignoreChanges: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What a component handed to registerOutputs. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

export interface MockRun {
  /** In alphabetical order of type and name. */
  readonly resources: readonly Registered[];
  of(type: string): readonly Registered[];
  one(type: string, name: string): Registered;
}

/** How a program is run. */
export interface RunOptions {
  readonly preview?: boolean;
  /** What AWS would answer of a resource beside its inputs, at update; nothing by default. */
  readonly outputsOf?: (
    type: string,
    name: string,
    inputs: Inputs,
    provider: string | undefined,
  ) => Inputs;
}

type Inputs = Readonly<Record<string, unknown>>;

function none(): Inputs {
  return {};
}

/** Turns of the event loop without a new resource after which a program is taken to be at its end. */
const quietTurns = 20;

/**
 * Runs a program against mocks, in an engine of its own, and tells what it registered. At preview
 * no resource has an id, and outputs that are no inputs are unknown, as under the real engine.
 */
export async function runProgram(
  program: () => unknown,
  { preview = false, outputsOf = none }: RunOptions = {},
): Promise<MockRun> {
  const monitor = new RecordingMonitor(preview, outputsOf);
  await withLocalStorage(async () => {
    await pulumi.runtime.setMocks(monitor.mocks, "pulumi-aws-dr", "test", preview);
    pulumi.runtime.setMockOptions(monitor, "pulumi-aws-dr", "test", preview);
    program();
    await atRest(monitor);
  });
  const resources = monitor.registered().toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  const of = (type: string) => resources.filter((resource) => resource.type === type);
  const one = (type: string, name: string) => {
    const [found, ...others] = of(type).filter((resource) => resource.name === name);
    if (!found || others.length > 0) throw new Error(`not exactly one ${type} "${name}"`);
    return found;
  };
  return { resources, of, one };
}

/** The message with which a program is refused, and what it had registered until then. */
export async function refusalOf(program: () => unknown) {
  let message: string | undefined;
  const run = await runProgram(() => {
    try {
      program();
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
    }
  });
  const children = run.resources.filter((resource) => !resource.type.startsWith("aws-dr:"));
  return { message, children };
}

/** A folder of bundles that hold nothing: enough to register functions. */
export function scratchBundles(): string {
  const folder = mkdtempSync(join(tmpdir(), "bundles-"));
  for (const fn of Object.keys(bundles)) {
    mkdirSync(join(folder, fn));
    writeFileSync(join(folder, fn, "index.mjs"), `export const handler = () => "${fn}";\n`);
  }
  return folder;
}

/** One line a resource: type, name, parent, inputs. Documents are only named; they have their own golden. */
export function goldenList({ resources }: MockRun): string {
  return resources.map((resource) => `${line(resource)}\n`).join("");
}

/** What a run registered, without what the engine fills in later: the same at preview and at update. */
export function shapeOf({ resources }: MockRun): readonly string[] {
  return resources.map(({ type, name, parent }) => [type, name, parent ?? "-"].join(" "));
}

function line(resource: Registered): string {
  const { type, name, parent, provider, protect, ignoreChanges, inputs } = resource;
  const marks = [
    ...(parent === undefined ? [] : [`< ${parent}`]),
    ...(provider === undefined ? [] : [`@ ${provider}`]),
    ...(protect ? ["protected"] : []),
    ...(ignoreChanges.length > 0 ? [`ignoring ${ignoreChanges.join(",")}`] : []),
  ];
  const given = Object.entries(inputs)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${short(key, value)}`);
  return [type, name, ...marks, "|", ...given.toSorted()].join(" ");
}

const documents = ["assumeRolePolicy", "definition", "item", "policy"];

function short(key: string, value: unknown): string {
  if (documents.includes(key)) return "…";
  if (value instanceof pulumi.asset.AssetArchive) return "archive";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function order({ type, name }: Registered): string {
  return `${type} ${name}`;
}

interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProtect(): boolean;
  getIgnorechangesList(): string[];
}

class RecordingMonitor extends MockMonitor {
  readonly #requests = new Map<string, Request>();
  readonly #made = new Map<string, Omit<Registered, "protect" | "ignoreChanges">>();
  readonly #outputs = new Map<string, Readonly<Record<string, unknown>>>();

  constructor(preview: boolean, outputsOf: NonNullable<RunOptions["outputsOf"]>) {
    super({
      call: ({ token }) => {
        throw new Error(`components call no provider, but one called ${token}`);
      },
      newResource: ({ type, name, inputs, provider }) => {
        const named = provider?.split("::").at(-2);
        this.#made.set(key(type, name), { type, name, inputs, ...(named && { provider: named }) });
        const outputs = preview
          ? undefined
          : {
              ...outputsOf(type, name, inputs, named),
              ...madeByPlugin({ type, urn: `${type} ${name}`, inputs }),
            };
        return { id: preview ? undefined : `${name}-id`, state: { ...outputs, ...inputs } };
      },
    });
  }

  get count(): number {
    return this.#made.size;
  }

  override async registerResource(
    request: Parameters<MockMonitor["registerResource"]>[0],
    callback: Parameters<MockMonitor["registerResource"]>[1],
  ): Promise<void> {
    const asked: Request = request;
    this.#requests.set(key(asked.getType(), asked.getName()), asked);
    return super.registerResource(request, callback);
  }

  override registerResourceOutputs(
    request: Parameters<MockMonitor["registerResourceOutputs"]>[0],
    callback: Parameters<MockMonitor["registerResourceOutputs"]>[1],
  ): void {
    const urn: string = request.getUrn();
    this.#outputs.set(key(typeOf(urn), nameOf(urn)), request.getOutputs().toJavaScript());
    super.registerResourceOutputs(request, callback);
  }

  registered(): readonly Registered[] {
    return [...this.#made].flatMap(([id, made]) => {
      if (made.type === "pulumi:pulumi:Stack") return [];
      const request = this.#requests.get(id);
      const parent = request?.getParent();
      const outputs = this.#outputs.get(id);
      const isOwn = !parent || parent.includes("pulumi:pulumi:Stack::");
      return {
        ...made,
        protect: request?.getProtect() ?? false,
        ignoreChanges: request?.getIgnorechangesList() ?? [],
        ...(!isOwn && { parent: nameOf(parent) }),
        ...(outputs && made.type.startsWith("aws-dr:") && { outputs }),
      };
    });
  }
}

function key(type: string, name: string): string {
  return `${type} ${name}`;
}

function typeOf(urn: string): string {
  return urn.split("::").at(-2)?.split("$").at(-1) ?? urn;
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}

/** `waitForRPCs` returns before what is born in an apply appears, so the event loop turns on until all is quiet. */
async function atRest(monitor: RecordingMonitor): Promise<void> {
  let quiet = 0;
  let seen = -1;
  while (quiet < quietTurns) {
    await waitForRPCs();
    await new Promise((resolve) => setImmediate(resolve));
    quiet = monitor.count === seen ? quiet + 1 : 0;
    seen = monitor.count;
  }
}
