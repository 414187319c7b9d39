import type { RegisteredResource } from "../../../runtime/rehearsal/program/registered.js";

/** A resource as a program registers it. */
export function registered(
  type: string,
  name: string,
  inputs: object,
  outputs: object = {},
  account = "111111111111",
): RegisteredResource {
  return {
    urn: `urn:pulumi:s::p::${type}::${name}`,
    type,
    name,
    custom: true,
    protect: false,
    ignoreChanges: [],
    dependencies: [],
    inputs: { ...inputs },
    outputs: { ...inputs, ...outputs },
    id: name,
    account,
  };
}
