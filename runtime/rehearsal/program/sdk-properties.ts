import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const ourModules = createRequire(import.meta.url);
const known = new Map<string, ReadonlySet<string>>();

/**
 * Names of all properties, inputs and outputs, that resources of a type of the AWS provider have, as
 * the class of that type lists them. None for a type that the SDK does not know.
 */
export function propertiesOf(type: string): ReadonlySet<string> {
  const properties = known.get(type) ?? readProperties(type);
  known.set(type, properties);
  return properties;
}

function readProperties(type: string): ReadonlySet<string> {
  const [, module = ""] = type.split(":");
  const properties = sourceOf(module).matchAll(/resourceInputs\["(\w+)"\] =/g);
  return new Set([...properties].map(([, name = ""]) => name));
}

function sourceOf(module: string): string {
  try {
    return readFileSync(ourModules.resolve(`@pulumi/aws/${module}.js`), "utf8");
  } catch {
    return "";
  }
}
