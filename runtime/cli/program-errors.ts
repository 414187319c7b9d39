import type { ProgramMessage } from "./tools.js";

/** A line for each thing that a program's errors say, with the resource that it is said of. */
export function programErrors(messages: readonly ProgramMessage[]): readonly string[] {
  return messages
    .filter(({ severity }) => severity === "error")
    .flatMap(({ text, urn }) =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => (urn === undefined ? line : `${resourceIn(urn)}: ${line}`)),
    );
}

/** `<name> (<type>)`, of `urn:pulumi:<stack>::<project>::<types>::<name>`. */
function resourceIn(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return `${name.join("::")} (${types.split("$").at(-1)})`;
}
