import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import { propertiesOf } from "../../../runtime/rehearsal/program/sdk-properties.js";
import { standInTypes } from "../../../runtime/rehearsal/program/stand-in-types/index.js";
import { backups } from "./provider-types/backups.js";
import { compute } from "./provider-types/compute.js";
import { data } from "./provider-types/data.js";
import { databases } from "./provider-types/databases.js";
import { identity } from "./provider-types/identity.js";
import { network } from "./provider-types/network.js";
import type { ProviderType } from "./provider-types/provider-type.js";
import { traffic } from "./provider-types/traffic.js";
import { watching } from "./provider-types/watching.js";

/**
 * Types that the stand-in for the AWS provider takes. What replaces a resource is AWS's own word, from
 * the registry of CloudFormation; a line here says only where the provider differs from it.
 */
const providerTypes: Readonly<Record<string, ProviderType>> = {
  ...backups,
  ...compute,
  ...data,
  ...databases,
  ...identity,
  ...network,
  ...traffic,
  ...watching,
};

const registry = loadAwsServiceSpecSync();
const replacing = new Map<string, ReadonlySet<string>>();

/**
 * Inputs whose change makes the AWS provider replace a resource of a type. Throws for a type that
 * the table above does not hold, and for one of which it does not tell what an input is called.
 */
export function replacingInputs(type: string): ReadonlySet<string> {
  const known = replacing.get(type) ?? new Set(computedReplacing(type));
  replacing.set(type, known);
  return known;
}

/** Inputs that the provider reads from AWS even where the program gave none. */
export function readBackInputs(type: string): readonly string[] {
  return providerTypes[type]?.readBack ?? [];
}

/** Types of which it is known what replaces them. */
export const knownTypes: readonly string[] = Object.keys(providerTypes);

/** Form of the ARNs of a type, with `${…}` for what differs, as AWS's registry has it. */
export function arnTemplateOf(type: string): string | undefined {
  return registered(type)?.arnTemplate;
}

function computedReplacing(type: string): readonly string[] {
  const known = providerTypes[type];
  if (known === undefined) {
    throw new Error(
      `type must be one of which it is known what replaces it, got "${type}". ` +
        "Add a line for it in test/engine/support/provider-types/.",
    );
  }
  const ofRegistry = Object.entries(registered(type)?.properties ?? {})
    .filter(([, { causesReplacement = "no" }]) => causesReplacement !== "no")
    .flatMap(([name]) => inputsFor(type, name));
  return [...ofRegistry, ...(known.alsoReplacing ?? []), ...identifying(type)];
}

/** What makes a thing another thing: its name, made up or not, where it cannot have another, and its Region. */
function identifying(type: string): readonly string[] {
  const name = providerTypes[type]?.isRenamed ? undefined : standInTypes[type]?.nameInput;
  const named = name === undefined ? [] : [name, `${name}Prefix`];
  return [...named, "region"].filter((input) => propertiesOf(type).has(input));
}

function registered(type: string) {
  const registryType = providerTypes[type]?.registryType;
  if (registryType === undefined) return undefined;
  const [found] = registry.lookup("resource", "cloudFormationType", "equals", registryType);
  if (found === undefined) throw new Error(`"${registryType}" must be a type of AWS's registry`);
  return found;
}

/** What the provider calls a property of AWS's registry: the same, with a small first letter, or `name`. */
function inputsFor(type: string, property: string): readonly string[] {
  const given = providerTypes[type]?.inputs?.[property];
  if (given) return given;
  const className = type.split(":").at(-1);
  const input =
    property === `${className}Name`
      ? standInTypes[type]?.nameInput
      : `${property.charAt(0).toLowerCase()}${property.slice(1)}`;
  if (input !== undefined && propertiesOf(type).has(input)) return [input];
  throw new Error(
    `property "${property}" of ${type} must have a name in the AWS provider. Add it to its inputs in ` +
      "test/engine/support/provider-types/, with none if the provider does not offer it.",
  );
}
