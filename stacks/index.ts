import { deploy } from "./deploy.js";
import type { DisasterRecoveryOutputs } from "./outputs.js";
import { configuredEnvironment } from "./settings.js";

/** The stack's one output. */
export const disasterRecovery: DisasterRecoveryOutputs = deploy(configuredEnvironment());
