import { inputShapes, inputsOfOperations } from "./input-shapes.js";
import {
  flag,
  listOf,
  mapOf,
  oneOf,
  type Reader,
  readRequired,
  structure,
  text,
  wholeNumber,
} from "./members.js";
import type { Call } from "./operation.js";
import { Refusal, refusalAs } from "./refusal.js";

interface ShapeReference {
  readonly shape: string;
  /** Members of a structure that travel outside of the body. */
  readonly location?: string;
  readonly locationName?: string;
  readonly idempotencyToken?: boolean;
}

/** A shape of the published API model, as far as inputs have it. */
export interface InputShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, ShapeReference>>;
  readonly required?: readonly string[];
  readonly union?: boolean;
  readonly member?: ShapeReference;
  readonly key?: ShapeReference;
  readonly value?: ShapeReference;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

/** Operations to which the API model gives no ValidationException. */
export const withoutValidation: ReadonlySet<string> = new Set([
  "DeleteJob",
  "DeleteLaunchConfigurationTemplate",
  "DeleteRecoveryInstance",
  "DeleteReplicationConfigurationTemplate",
  "DeleteSourceNetwork",
  "DeleteSourceServer",
  "DescribeRecoveryInstances",
  "DisconnectRecoveryInstance",
  "DisconnectSourceServer",
  "GetFailbackReplicationConfiguration",
  "GetLaunchConfiguration",
  "GetReplicationConfiguration",
  "ListLaunchActions",
  "StartRecovery",
  "StartReplication",
  "StartSourceNetworkReplication",
  "StopFailback",
  "StopReplication",
  "TerminateRecoveryInstances",
  "UpdateFailbackReplicationConfiguration",
]);

/**
 * Refuses what the published model forbids of an operation's input: members that are missing, of
 * another type, outside of their bounds, or against their pattern. What it does not know is let
 * through, as SDKs newer than the model may send it.
 */
export function checkInput(operation: string, call: Call): void {
  const name = inputsOfOperations[operation];
  if (name === undefined) return;
  const { members = {}, required = [] } = shapeOf(name);
  try {
    readRequired(givenIn(call, members), readersOf(members), required);
  } catch (error) {
    throw withoutValidation.has(operation) ? asChosen(call, error) : error;
  }
}

function asChosen({ world: { switches } }: Call, error: unknown): unknown {
  const { undeclaredInvalidInput: code } = switches;
  if (!(error instanceof Refusal) || code === "ValidationException") return error;
  return refusalAs(code, error.message, "");
}

/** All that a call gives, wherever it travels. */
function givenIn(
  { body, query, resourceArn }: Call,
  members: Readonly<Record<string, ShapeReference>>,
): Readonly<Record<string, unknown>> {
  const given: Record<string, unknown> = { ...body };
  for (const [name, { shape, location, locationName = name }] of Object.entries(members)) {
    if (location === "uri") given[name] = resourceArn;
    if (location === "querystring")
      given[name] = queried(shapeOf(shape), query.getAll(locationName));
  }
  return given;
}

/** A member out of a query, where numbers are text and none is absent. */
function queried({ type }: InputShape, texts: readonly string[]): unknown {
  const [first] = texts;
  if (first === undefined || (type === "integer" && first === "")) return undefined;
  if (type === "list") return texts;
  return type === "integer" ? Number(first) : first;
}

const readersByShape = new Map<string, Reader<unknown>>();

function readerOf(name: string): Reader<unknown> {
  const known = readersByShape.get(name);
  if (known) return known;
  const made = madeReader(name, shapeOf(name));
  readersByShape.set(name, made);
  return made;
}

function madeReader(name: string, shape: InputShape): Reader<unknown> {
  const { type, member, key, value, members = {}, required = [], min = 0, max } = shape;
  switch (type) {
    case "structure":
      return structure<Record<string, unknown>, string>(
        readersOf(members),
        required.filter((one) => !askedElsewhere[name]?.includes(one)),
      );
    case "list":
      return listOf(readerOf(nameOf(member)), { min, ...(max !== undefined && { max }) });
    case "map":
      return mapOf(textOf(nameOf(key)), readerOf(nameOf(value)), max);
    case "boolean":
      return flag;
    case "integer":
    case "long":
      return wholeNumber(shape.min ?? Number.MIN_SAFE_INTEGER, max);
    default:
      return textOf(name);
  }
}

/**
 * Members that a shape requires and the operation itself asks for, in words that AWS documents.
 * Source: DRS user guide, executing a recovery plan.
 */
const askedElsewhere: Readonly<Record<string, readonly string[]>> = {
  RecoveryPlanExecutionSourceServer: ["recoverySnapshotID"],
};

/** Moments are written in more ways than the model's: DRS itself ends them in `+00:00`. */
const readElsewhere: ReadonlySet<string> = new Set(["ISO8601DatetimeString"]);

function textOf(name: string): Reader<string> {
  const { enum: values, pattern, min = 0, max } = shapeOf(name);
  if (values) return oneOf(values);
  if (readElsewhere.has(name)) return text();
  return text({
    min,
    ...(max !== undefined && { max }),
    ...(pattern !== undefined && { pattern: new RegExp(`^(?:${pattern})$`) }),
  });
}

function readersOf(
  members: Readonly<Record<string, ShapeReference>>,
): Readonly<Record<string, Reader<NonNullable<unknown>>>> {
  return Object.fromEntries(
    Object.entries(members).map(([name, { shape }]) => [
      name,
      readerOf(shape) as Reader<NonNullable<unknown>>,
    ]),
  );
}

function nameOf(reference: ShapeReference | undefined): string {
  return reference?.shape ?? "";
}

function shapeOf(name: string): InputShape {
  const shape = inputShapes[name];
  if (!shape) throw new Error(`shape must be one of the model's, got "${name}".`);
  return shape;
}
