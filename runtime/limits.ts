/**
 * Every bounded number of the product, once. Components, handlers, policies and docs read them here.
 *
 * Quotas are per account and per Region. Those with a `quotaCode` are read from Service Quotas at
 * run time; the value here is the fallback.
 */

export * from "./limits/databases.js";
export * from "./limits/drs.js";
export * from "./limits/estate.js";
export * from "./limits/limit.js";
export * from "./limits/recovery.js";
export * from "./limits/regions.js";
export * from "./limits/stores.js";
export * from "./limits/traffic.js";
