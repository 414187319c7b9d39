import type { Rule } from "../rule.js";
import { alarmSurvives } from "./alarm-survives.js";
import { backupsOfCopied } from "./backups-of-copied.js";
import { backupsSelectStores } from "./backups-select-stores.js";
import { cellWithinRto } from "./cell-within-rto.js";
import { currentGlobalTables } from "./current-global-tables.js";
import { driftGuarded } from "./drift-guarded.js";
import { membersAlike } from "./members-alike.js";
import { noManagedPassword } from "./no-managed-password.js";
import { planDrilled } from "./plan-drilled.js";
import { recordsTurn } from "./records-turn.js";
import { replicaAlike } from "./replica-alike.js";
import { standbyCapacity } from "./standby-capacity.js";
import { standbyHasTargets } from "./standby-has-targets.js";
import { storeWithinObjectives } from "./store-within-objectives.js";

/** What a failover stands on: that nothing undoes it, and that its promises can be kept. */
export const failoverSafety: readonly Rule[] = [
  driftGuarded,
  cellWithinRto,
  storeWithinObjectives,
  recordsTurn,
  standbyHasTargets,
  alarmSurvives,
  standbyCapacity,
  membersAlike,
  replicaAlike,
  backupsOfCopied,
  backupsSelectStores,
  noManagedPassword,
  currentGlobalTables,
  planDrilled,
];
