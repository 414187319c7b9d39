export type { State, StateMachineDefinition } from "./asl.js";
export { recoverLaneDefinition } from "./recover-lane.js";
export { recoverPlanDefinition } from "./recover-plan.js";
