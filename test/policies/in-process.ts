import { createRequire } from "node:module";
import { promisify } from "node:util";
import type { Rule } from "../../policies/rule.js";
import { unknownValue } from "../../runtime/rehearsal/program/wire.js";

const require = createRequire(import.meta.url);
const analyzerPb = require("@pulumi/pulumi/proto/analyzer_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
const server = require("@pulumi/policy/server");

/** A value that a preview cannot know. */
export const unknown = unknownValue;

/** A resource as the engine shows it to a policy. */
export interface Shown {
  readonly type: string;
  readonly name?: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** Inputs of its provider. */
  readonly provider?: Readonly<Record<string, unknown>>;
  /** What each of its properties was made of. */
  readonly madeOf?: Readonly<Record<string, readonly Shown[]>>;
  readonly ignoreChanges?: readonly string[];
  /** The component that it belongs to. */
  readonly parent?: Shown;
}

/** What a rule said: `advisory: …` or `mandatory: …`, without the rule's description. */
export type Said = readonly string[];

/** Shows one resource to a rule, with the policy server's own deserialization, proxies and levels. */
export function showResource(rule: Rule, shown: Shown): Promise<Said> {
  return ask(rule, server.makeAnalyzeRpcFun, filled(new analyzerPb.AnalyzeRequest(), shown));
}

/** Shows a whole stack to a rule. */
export function showStack(rule: Rule, resources: readonly Shown[]): Promise<Said> {
  const request = new analyzerPb.AnalyzeStackRequest();
  request.setResourcesList(resources.map(inStack));
  return ask(rule, server.makeAnalyzeStackRpcFun, request);
}

function inStack(shown: Shown) {
  const resource = filled(new analyzerPb.AnalyzerResource(), shown);
  if (shown.parent) resource.setParent(urnOf(shown.parent));
  for (const [property, made] of Object.entries(shown.madeOf ?? {})) {
    const dependencies = new analyzerPb.AnalyzerPropertyDependencies();
    dependencies.setUrnsList(made.map(urnOf));
    resource.getPropertydependenciesMap().set(property, dependencies);
  }
  return resource;
}

function urnOf({ type, name = "subject" }: Shown): string {
  return `urn:pulumi:test::shop::${type}::${name}`;
}

async function ask(rule: Rule, make: typeof server.makeAnalyzeRpcFun, request: unknown) {
  const analyze = promisify(make("pack", "1.0.0", "advisory", [rule]));
  const response = await analyze({ request });
  const diagnostics: readonly Diagnostic[] = response.getDiagnosticsList();
  return diagnostics.map((diagnostic) => {
    const [level] = Object.entries(analyzerPb.EnforcementLevel).find(
      ([, value]) => value === diagnostic.getEnforcementlevel(),
    ) ?? ["?"];
    const text = diagnostic.getMessage().replace(`${rule.description}\n`, "");
    return `${level.toLowerCase()}: ${text}`;
  });
}

interface Diagnostic {
  getEnforcementlevel(): number;
  getMessage(): string;
}

function filled<Request extends Fillable>(request: Request, shown: Shown): Request {
  const name = shown.name ?? "subject";
  const options = new analyzerPb.AnalyzerResourceOptions();
  options.setIgnorechangesList([...(shown.ignoreChanges ?? [])]);
  options.setCustomtimeouts(new analyzerPb.AnalyzerResourceOptions.CustomTimeouts());
  request.setUrn(urnOf(shown));
  request.setType(shown.type);
  request.setName(name);
  request.setProperties(Struct.fromJavaScript(shown.props));
  request.setOptions(options);
  if (shown.provider) {
    const provider = new analyzerPb.AnalyzerProviderResource();
    provider.setType("pulumi:providers:aws");
    provider.setProperties(Struct.fromJavaScript(shown.provider));
    request.setProvider(provider);
  }
  return request;
}

interface Fillable {
  setUrn(value: string): void;
  setType(value: string): void;
  setName(value: string): void;
  setProperties(value: unknown): void;
  setOptions(value: unknown): void;
  setProvider(value: unknown): void;
}

/** The advisory of a rule that met something unknown. */
export function uncheckedAdvisory(rule: Rule, path: string): string {
  return (
    `advisory: can't run policy '${rule.name}' from policy pack 'pack@v1.0.0' during preview: ` +
    `string value at .${path} can't be known during preview`
  );
}
