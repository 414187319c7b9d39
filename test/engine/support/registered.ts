import { archiveSignature, assetSignature } from "../../../runtime/rehearsal/lambda/archive.js";
import { secretText } from "../../../runtime/rehearsal/program/project.js";
import type { RegisteredResource } from "../../../runtime/rehearsal/program/registered.js";
import type { Properties } from "../../../runtime/rehearsal/program/sdk.js";
import { urnOfProvider } from "../../../runtime/rehearsal/program/urn.js";
import { unknownValue } from "../../../runtime/rehearsal/program/wire.js";
import type { EngineResource } from "./preview.js";

type Resource = RegisteredResource | EngineResource;

const awsProvider = "pulumi:providers:aws";

/**
 * A resource in the form in which the engine and its harness must be alike. What is left out differs
 * on purpose:
 * - ids of providers: random in the engine, made of the name in the harness;
 * - `__internal`: the engine's own note on a provider;
 * - hashes of archives: the engine computes them, the harness hosts the files themselves;
 * - secrets: the engine encrypts them, the harness reads what stands for all of them.
 */
export function comparable(resource: Resource) {
  const {
    urn,
    type,
    custom,
    parent = "",
    provider,
    protect = false,
    ignoreChanges = [],
  } = resource;
  const { dependencies = [], propertyDependencies = {}, inputs = {}, outputs = {} } = resource;
  const { id = "" } = resource;
  return {
    urn,
    type,
    custom,
    parent,
    provider: urnOfProvider(provider ?? ""),
    protect,
    ignoreChanges,
    dependencies: [...dependencies].sort(),
    propertyDependencies: sortedDependencies(propertyDependencies),
    id: type === awsProvider || id === unknownValue ? "" : id,
    inputs: withoutNotes({ ...inputs, ...secretsOf(type, inputs) }),
    outputs: withoutNotes({ ...outputs, ...secretsOf(type, outputs) }),
  };
}

function sortedDependencies(dependencies: Readonly<Record<string, readonly string[]>>) {
  return Object.fromEntries(
    Object.entries(dependencies).map(([input, urns]) => [input, [...urns].sort()]),
  );
}

/** Properties that the AWS package itself declares secret, so that the engine encrypts whatever they hold. */
const secretProperties: Readonly<Record<string, readonly string[]>> = {
  "aws:ssm/parameter:Parameter": ["value"],
};

function secretsOf(type: string, properties: Properties): Properties {
  const names = (secretProperties[type] ?? []).filter((name) => name in properties);
  return Object.fromEntries(names.map((name) => [name, secretText]));
}

function withoutNotes(properties: Properties): unknown {
  const { __internal, ...others } = properties;
  return withoutHashes(others);
}

const signatures: readonly unknown[] = [archiveSignature, assetSignature];

/** How state marks a secret, whose text only the engine can read. */
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

function withoutHashes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutHashes);
  if (typeof value !== "object" || value === null) return value;
  if (Object.values(value).includes(secretSignature)) return secretText;
  const isHashed = Object.values(value).some((item) => signatures.includes(item));
  const entries = Object.entries(value).filter(([key]) => !(isHashed && key === "hash"));
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutHashes(item)]));
}
