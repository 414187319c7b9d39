export type { FunctionResult } from "./engine.js";
export { readDefinition, UnsupportedDefinition } from "./read-definition.js";
export { createStates, type Execution, type States } from "./states.js";
export { StatesError } from "./states-error.js";
