export type { FunctionResult, StatesSettings } from "./engine.js";
export type { HistoryEvent } from "./history.js";
export { readDefinition, UnsupportedDefinition } from "./read-definition.js";
export {
  createStates,
  type DeployedMachine,
  type Execution,
  type ExecutionStatus,
  type Started,
  type States,
} from "./states.js";
export { StatesError, type StatesErrorCode } from "./states-error.js";
