export type {
  Assignments,
  Catcher,
  ChoiceRule,
  ChoiceState,
  Expression,
  FailState,
  ItemProcessor,
  Leads,
  MapState,
  PassState,
  Retrier,
  State,
  StateMachineDefinition,
  States,
  SucceedState,
  TaskState,
  Template,
  WaitState,
} from "./asl.js";
export { type RecoverLaneArgs, recoverLaneDefinition } from "./recover-lane.js";
export { type RecoverPlanArgs, recoverPlanDefinition } from "./recover-plan.js";
