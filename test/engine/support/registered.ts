import { archiveSignature, assetSignature } from "../../../runtime/rehearsal/lambda/archive.js";
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
 * - hashes of archives: the engine computes them, the harness hosts the files themselves.
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
    inputs: withoutNotes(inputs),
    outputs: withoutNotes(outputs),
  };
}

function sortedDependencies(dependencies: Readonly<Record<string, readonly string[]>>) {
  return Object.fromEntries(
    Object.entries(dependencies).map(([input, urns]) => [input, [...urns].sort()]),
  );
}

function withoutNotes(properties: Properties): unknown {
  const { __internal, ...others } = properties;
  return withoutHashes(others);
}

const signatures: readonly unknown[] = [archiveSignature, assetSignature];

function withoutHashes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutHashes);
  if (typeof value !== "object" || value === null) return value;
  const isHashed = Object.values(value).some((item) => signatures.includes(item));
  const entries = Object.entries(value).filter(([key]) => !(isHashed && key === "hash"));
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutHashes(item)]));
}
