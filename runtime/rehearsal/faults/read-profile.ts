import {
  type DocumentKind,
  parseDocument,
  type ReadDocument,
  readDocument,
} from "../../environment/document-file.js";
import { builtInProfiles } from "./built-in.js";
import { type FaultProfile, profileSchema } from "./profile.js";

const profileFile: DocumentKind<typeof profileSchema> = {
  what: "a fault profile",
  startFrom: "Start from the example of docs/faults.md.",
  schemaFor: () => profileSchema,
};

/**
 * The faults of `--faults`: the built-in profile of that name, a list of faults in brackets, or what the
 * file holds. Never throws: what is wrong is told, all at once.
 */
export function readProfile(nameOrListOrFile: string): ReadDocument<FaultProfile> {
  const builtIn = Object.hasOwn(builtInProfiles, nameOrListOrFile)
    ? builtInProfiles[nameOrListOrFile]
    : undefined;
  if (builtIn) return { ok: true, value: builtIn };
  if (!nameOrListOrFile.trimStart().startsWith("["))
    return readDocument(profileFile, nameOrListOrFile);
  const text = `{ schemaVersion: 1, name: command-line, faults: ${nameOrListOrFile} }`;
  return parseDocument(profileFile, text, "--faults");
}
