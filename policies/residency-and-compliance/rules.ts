import type { Rule } from "../rule.js";
import { auditTrail } from "./audit-trail.js";
import { backupsThirtyFiveDays } from "./backups-thirty-five-days.js";
import { dataWithinResidency } from "./data-within-residency.js";
import { encryptedInTransit } from "./encrypted-in-transit.js";
import { encryptedWithCustomerKey } from "./encrypted-with-customer-key.js";
import { logRetention } from "./log-retention.js";
import { noPublicData } from "./no-public-data.js";
import { retainedSevenYears } from "./retained-seven-years.js";
import { taggedDataInZone } from "./tagged-data-in-zone.js";

/** Where data may be, and how it must be kept, by law and by the standards of those who audit it. */
export const residencyAndCompliance: readonly Rule[] = [
  dataWithinResidency,
  taggedDataInZone,
  encryptedWithCustomerKey,
  encryptedInTransit,
  noPublicData,
  backupsThirtyFiveDays,
  retainedSevenYears,
  logRetention,
  auditTrail,
];
