import { auroraGlobalDatabase } from "./aurora-global-database.js";
import { crossRegionReplica } from "./cross-region-replica.js";
import { globalCache } from "./global-cache.js";

/** Databases and caches. */
export const tables = [auroraGlobalDatabase, crossRegionReplica, globalCache];
