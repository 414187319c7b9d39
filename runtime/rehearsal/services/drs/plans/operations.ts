import type { Operation } from "../operation.js";
import { executionOperations } from "./execution-operations.js";
import { executionStepOperations } from "./execution-step-operations.js";
import { planOperations } from "./plan-operations.js";
import { planStepOperations } from "./step-operations.js";

/** The recovery plans that DRS itself has. */
export const recoveryPlanOperations: readonly Operation[] = [
  ...planOperations,
  ...planStepOperations,
  ...executionOperations,
  ...executionStepOperations,
];
