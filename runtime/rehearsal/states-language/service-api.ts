import type { Instant } from "../../core/instant.js";
import { parseArn } from "../services/arns.js";
import type {
  EmulatedService,
  NeededRight,
  ServiceReply,
  ServiceRequest,
} from "../services/service.js";
import { type Engine, maxPayloadBytes } from "./engine.js";
import { StateFailure } from "./failure.js";
import { isJsonObject, type JsonObject, parseJson, sizeBytes } from "./json.js";
import type { Execution, States } from "./states.js";
import { StatesError, statesError } from "./states-error.js";
import type { TokenHolder } from "./task-tokens.js";

type Executions = Omit<States, "service" | "createMachine">;

interface Api {
  readonly executions: Executions;
  readonly engine: Engine;
  readonly hasMachine: (arn: string) => boolean;
}

/** One operation: what IAM asks, and what is answered. */
interface Operation {
  /** Which field of the request names the resource that IAM asks about; `*` when none does. */
  readonly resource: string;
  answer(api: Api, input: JsonObject, request: ServiceRequest): JsonObject;
}

const targetPrefix = "AWSStepFunctions.";

/** The operations of the API that the rehearsal answers. */
const operations: Readonly<Record<string, Operation>> = {
  StartExecution: { resource: "stateMachineArn", answer: startExecution },
  StopExecution: { resource: "executionArn", answer: stopExecution },
  DescribeExecution: { resource: "executionArn", answer: describeExecution },
  ListExecutions: { resource: "stateMachineArn", answer: listExecutions },
  SendTaskSuccess: { resource: "*", answer: sendTaskSuccess },
  SendTaskFailure: { resource: "*", answer: sendTaskFailure },
  SendTaskHeartbeat: { resource: "*", answer: sendTaskHeartbeat },
};

/** The Step Functions API (AWS JSON 1.0) over the executions of a rehearsal. */
export function statesService(
  executions: Executions,
  engine: Engine,
  hasMachine: (arn: string) => boolean,
): EmulatedService {
  const api: Api = { executions, engine, hasMachine };
  return {
    signingNames: ["states"],
    operationOf,
    rightsOf,
    denied: (_, message) => errorReply("AccessDeniedException", message),
    answer: async (request) => answer(api, request),
  };
}

function answer(api: Api, request: ServiceRequest): ServiceReply {
  try {
    const name = operationOf(request);
    const operation = operations[name];
    if (operation === undefined) {
      throw statesError("UnknownOperationException", `${name} is not emulated.`);
    }
    const input = parseJson(request.body.toString("utf8"));
    if (!isJsonObject(input)) {
      throw statesError("SerializationException", "The request's body must be a JSON object.");
    }
    return jsonReply(200, operation.answer(api, input, request));
  } catch (thrown) {
    if (thrown instanceof StatesError) return errorReply(thrown.code, thrown.message);
    throw thrown;
  }
}

function operationOf({ headers }: ServiceRequest): string {
  return (headers["x-amz-target"] ?? "").replace(targetPrefix, "");
}

/**
 * AWS defines no resource types for the three operations on tokens, so only a statement on `*`
 * grants them ("Actions, resources, and condition keys for AWS Step Functions").
 */
function rightsOf(request: ServiceRequest): readonly NeededRight[] {
  const name = operationOf(request);
  const operation = operations[name];
  if (operation === undefined) return [];
  const input = parseJson(request.body.toString("utf8"));
  const named = isJsonObject(input) ? input[operation.resource] : undefined;
  const resource = typeof named === "string" ? named : "*";
  const context = { "aws:RequestedRegion": request.region };
  return [{ action: `states:${name}`, resources: [resource], context }];
}

function startExecution(
  { executions, engine, hasMachine }: Api,
  input: JsonObject,
  request: ServiceRequest,
): JsonObject {
  const machineArn = text(input, "stateMachineArn");
  const isHere = isOf(request, machineArn);
  if (!isHere || !hasMachine(machineArn)) {
    throw statesError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${machineArn}'`);
  }
  const name = optionalText(input, "name") ?? engine.newId();
  const started = executions.start(machineArn, name, optionalText(input, "input") ?? "{}");
  return { executionArn: started.executionArn, startDate: seconds(started.startedAt) };
}

function stopExecution(
  { executions }: Api,
  input: JsonObject,
  request: ServiceRequest,
): JsonObject {
  const arn = executionArn(executions, input, request).arn;
  const error = optionalText(input, "error");
  return { stopDate: seconds(executions.stop(arn, error, optionalText(input, "cause"))) };
}

function describeExecution(
  { executions }: Api,
  input: JsonObject,
  request: ServiceRequest,
): JsonObject {
  const execution = executionArn(executions, input, request);
  const { output, error, cause } = execution;
  return {
    ...summary(execution),
    input: execution.input,
    inputDetails: { included: true },
    ...(output !== undefined && { output, outputDetails: { included: true } }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}

function listExecutions(
  { executions, hasMachine }: Api,
  input: JsonObject,
  request: ServiceRequest,
): JsonObject {
  const machineArn = text(input, "stateMachineArn");
  if (!isOf(request, machineArn) || !hasMachine(machineArn)) {
    throw statesError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${machineArn}'`);
  }
  const status = optionalText(input, "statusFilter");
  const { maxResults } = input;
  const size = typeof maxResults === "number" && maxResults > 0 ? maxResults : 100;
  const from = Number(optionalText(input, "nextToken") ?? 0);
  if (!Number.isInteger(from)) throw statesError("InvalidToken", "Invalid Token: 'Invalid token'");
  const newestFirst = [...executions.executions(machineArn)]
    .reverse()
    .filter((execution) => status === undefined || execution.status === status);
  const isMore = newestFirst.length > from + size;
  return {
    executions: newestFirst.slice(from, from + size).map(summary),
    ...(isMore && { nextToken: String(from + size) }),
  };
}

function sendTaskSuccess(api: Api, input: JsonObject, request: ServiceRequest): JsonObject {
  const output = parseJson(text(input, "output"));
  const holder = holderOf(api, input, request);
  if (output === undefined || sizeBytes(output) > maxPayloadBytes) {
    throw statesError(
      "InvalidOutput",
      "Invalid Output: 'The output must be JSON of at most 256 KiB'",
    );
  }
  holder.succeed(output);
  return {};
}

function sendTaskFailure(api: Api, input: JsonObject, request: ServiceRequest): JsonObject {
  const error = optionalText(input, "error") ?? "States.TaskFailed";
  const cause = optionalText(input, "cause") ?? "";
  holderOf(api, input, request).fail(new StateFailure(error, cause));
  return {};
}

function sendTaskHeartbeat(api: Api, input: JsonObject, request: ServiceRequest): JsonObject {
  holderOf(api, input, request).beat();
  return {};
}

/** A token is good in the account and Region of its machine, until its Task is over. */
function holderOf({ engine }: Api, input: JsonObject, request: ServiceRequest): TokenHolder {
  const token = text(input, "taskToken");
  const holder = engine.tokens.holder(token);
  if (holder !== undefined) {
    if (isOf(request, holder.machineArn)) return holder;
    throw statesError("TaskDoesNotExist", "Task does not exist in this account and Region");
  }
  if (engine.tokens.stateOf(token) === "closed") {
    throw statesError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
  }
  throw statesError("InvalidToken", "Invalid Token: 'Invalid token'");
}

function executionArn(
  executions: Executions,
  input: JsonObject,
  request: ServiceRequest,
): Execution {
  const arn = text(input, "executionArn");
  const execution = isOf(request, arn) ? executions.execution(arn) : undefined;
  if (execution) return execution;
  throw statesError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
}

/** Whether an ARN lies in the account and Region that a request goes to. */
function isOf({ principal, region }: ServiceRequest, arn: string): boolean {
  const parts = parseArn(arn);
  if (parts === undefined) throw statesError("InvalidArn", `Invalid Arn: '${arn}'`);
  return parts.account === principal.account && parts.region === region;
}

function summary(execution: Execution): JsonObject {
  const { endedAt } = execution;
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    name: execution.name,
    status: execution.status,
    startDate: seconds(execution.startedAt),
    ...(endedAt !== undefined && { stopDate: seconds(endedAt) }),
  };
}

function text(input: JsonObject, field: string): string {
  const value = input[field];
  if (typeof value === "string" && value !== "") return value;
  throw statesError(
    "ValidationException",
    `${field} must be text, got ${JSON.stringify(value) ?? "nothing"}.`,
  );
}

function optionalText(input: JsonObject, field: string): string | undefined {
  return input[field] === undefined || input[field] === null ? undefined : text(input, field);
}

/** AWS JSON carries moments as seconds. */
function seconds(moment: Instant): number {
  return moment / 1000;
}

function jsonReply(status: number, body: JsonObject): ServiceReply {
  const headers = { "content-type": "application/x-amz-json-1.0" };
  return { status, headers, body: JSON.stringify(body) };
}

function errorReply(code: string, message: string): ServiceReply {
  return jsonReply(400, { __type: code, message });
}
