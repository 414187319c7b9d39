import { z } from "zod";
import {
  type DocumentKind,
  type ReadDocument,
  readDocument,
} from "../../environment/document-file.js";
import { wordings } from "../../environment/schema.js";
import { profileSchema } from "../faults/profile.js";

/** What a server's launch may take in a rehearsal, seconds. */
const launchBounds = { min: 2, max: 7_200 } as const;

const flag = z.boolean().register(wordings, {
  rule: "true or false",
  remedy: "Write true or false, without quotes.",
});

const seconds = z
  .number()
  .int()
  .min(launchBounds.min)
  .max(launchBounds.max)
  .register(wordings, {
    rule: `a whole number from ${launchBounds.min} to ${launchBounds.max} (seconds)`,
    remedy: "Choose one within these bounds.",
  });

const text = z.string().min(1).register(wordings, {
  rule: "a name",
  remedy: "Name a plan of the environment.",
});

/** The form of a case: one rehearsal of a campaign, all that it depends on besides the environment. */
export const caseSchema = z.strictObject({
  schemaVersion: z.literal(1).register(wordings, { rule: "1", remedy: "Write 1." }),
  plan: text,
  kind: z.enum(["drill", "recovery"]).register(wordings, {
    rule: "drill or recovery",
    remedy: "Choose one.",
  }),
  seed: z.number().int().min(0).register(wordings, {
    rule: "a whole number, 0 or more",
    remedy: "Choose one.",
  }),
  /** Whether a drill ends its instances. */
  cleanUp: flag.default(true),
  /** Whether servers that were recovered before are launched again. */
  relaunchRecovered: flag.default(false),
  /** What a server's launch takes, by seed and server; as DRS was seen to take where absent. */
  launchSeconds: z
    .strictObject({ from: seconds, to: seconds })
    .register(wordings, {
      rule: "a mapping with the keys from and to",
      remedy: "Leave it out for what DRS was seen to take.",
    })
    .optional(),
  faults: profileSchema,
});

/** One rehearsal of a campaign. */
export type RehearsalCase = z.infer<typeof caseSchema>;

const caseFile: DocumentKind<typeof caseSchema> = {
  what: "a case of a campaign",
  startFrom: "Take one that aws-dr campaign wrote.",
  schemaFor: () => caseSchema,
};

/** What the file holds. Never throws: what is wrong is told, all at once. */
export function readCase(file: string): ReadDocument<RehearsalCase> {
  return readDocument(caseFile, file);
}
