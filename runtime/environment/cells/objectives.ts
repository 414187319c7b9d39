import { z } from "zod";
import {
  availabilityPercent,
  latencyMs,
  promisedRetentionYears,
  roundTripMs,
  rpoSeconds,
  rtoMinutes,
  scaleSeconds,
  transactionKilobytes,
  transactionsPerMinute,
  verifySeconds,
} from "../../limits.js";
import { whole, wholeOrDefault, wordings } from "../parts.js";
import { word } from "./parts.js";

/** What is promised of a cell; `aws-dr check` holds each promise against what its settings can keep. */
export const objectives = z.strictObject({
  rtoMinutes: whole(rtoMinutes),
  rpoSeconds: whole(rpoSeconds),
  /** What a drill measured, or is budgeted until one has. */
  scaleSeconds: wholeOrDefault(scaleSeconds),
  verifySeconds: wholeOrDefault(verifySeconds),
  availabilityPercent: z
    .number()
    .min(availabilityPercent.min)
    .max(availabilityPercent.max)
    .register(wordings, {
      rule: `a number, ${availabilityPercent.min} to ${availabilityPercent.max} ${availabilityPercent.unit}`,
      remedy: "Choose one within these bounds.",
    })
    .optional(),
  consistency: word(["strong"], "Leave it out where it is not promised.").optional(),
  latencyMs: whole(latencyMs).optional(),
  /** What is assumed, or was measured, between the Regions: nothing here measures it. */
  roundTripMs: whole(roundTripMs).optional(),
  retentionYears: whole(promisedRetentionYears).optional(),
  /** At their peak, and how much each writes. */
  transactions: z
    .strictObject({
      perMinute: whole(transactionsPerMinute),
      kilobytes: whole(transactionKilobytes),
    })
    .optional(),
});
