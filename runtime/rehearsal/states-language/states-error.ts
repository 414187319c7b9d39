/** Errors of the Step Functions API that the rehearsal answers. */
export type StatesErrorCode =
  | "ExecutionAlreadyExists"
  | "ExecutionDoesNotExist"
  | "InvalidArn"
  | "InvalidExecutionInput"
  | "InvalidName"
  | "InvalidOutput"
  | "InvalidToken"
  | "SerializationException"
  | "StateMachineDoesNotExist"
  | "TaskDoesNotExist"
  | "TaskTimedOut"
  | "UnknownOperationException"
  | "ValidationException";

/** A refusal of the Step Functions API. */
export class StatesError extends Error {
  override readonly name = "StatesError";
  readonly code: StatesErrorCode;

  constructor(code: StatesErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export function statesError(code: StatesErrorCode, message: string): StatesError {
  return new StatesError(code, message);
}
