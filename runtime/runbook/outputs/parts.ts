import { z } from "zod";
import { text, wordings } from "../../environment/parts.js";

/** What to do about outputs that are not as Pulumi prints them. */
export const again = 'Take them anew from the stack: "pulumi stack output --json".';

export const wholeNumber = z
  .number()
  .int()
  .min(0)
  .register(wordings, { rule: "a whole number", remedy: again });

export const positive = z
  .number()
  .int()
  .min(1)
  .register(wordings, { rule: "a whole number above 0", remedy: again });

export const flag = z.boolean().register(wordings, { rule: "true or false", remedy: again });

export const arn = text(
  /^arn:aws[\w-]*:[a-z0-9-]+:[a-z0-9-]*:\d{12}:\S{1,512}$/,
  "an ARN, with its account",
  again,
);
