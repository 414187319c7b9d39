import { backupTypes } from "./backups.js";
import { computeTypes } from "./compute.js";
import { dataTypes } from "./data.js";
import { databaseTypes } from "./databases.js";
import { identityTypes } from "./identity.js";
import type { StandInType } from "./making.js";
import { networkTypes } from "./network.js";
import { trafficTypes } from "./traffic.js";
import { watchingTypes } from "./watching.js";

export type { Made } from "./making.js";

/** Types whose outputs are computed. Others echo their inputs, and what else they have stays unknown. */
export const standInTypes: Readonly<Record<string, StandInType>> = {
  ...backupTypes,
  ...computeTypes,
  ...dataTypes,
  ...databaseTypes,
  ...identityTypes,
  ...networkTypes,
  ...trafficTypes,
  ...watchingTypes,
};
