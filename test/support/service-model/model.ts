import { readFileSync } from "node:fs";

/** A service's published model, as botocore carries it (see test/models/README.md). */
export interface ServiceModel {
  readonly metadata: {
    readonly protocol: "rest-json" | "json" | "query" | "ec2";
    readonly serviceId: string;
    readonly targetPrefix?: string;
    /** Of replies in XML. */
    readonly xmlNamespace?: string;
  };
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

export interface OperationModel {
  readonly name: string;
  readonly http: {
    readonly method: string;
    readonly requestUri: string;
    readonly responseCode?: number;
  };
  readonly input?: Reference;
  readonly output?: Output;
  readonly errors?: readonly Reference[];
}

export interface Reference {
  readonly shape: string;
}

/** What is answered, and the element around it where the protocol has one. */
export interface Output extends Reference {
  readonly resultWrapper?: string;
}

/** A member of a structure; those with a location travel outside of the body. */
export interface Member extends Reference {
  readonly location?: "uri" | "querystring" | "header";
  readonly locationName?: string;
}

export type Shape = StructureShape | ListShape | MapShape | TextShape | NumberShape | PlainShape;

export interface StructureShape {
  readonly type: "structure";
  readonly members: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
  readonly union?: boolean;
  readonly error?: { readonly httpStatusCode: number; readonly code?: string };
  readonly exception?: boolean;
  /** An exception that is the service's own fault. */
  readonly fault?: boolean;
}

export interface ListShape extends Bounds {
  readonly type: "list";
  /** In XML, each under the name of its location. */
  readonly member: Member;
}

export interface MapShape extends Bounds {
  readonly type: "map";
  readonly key: Reference;
  readonly value: Reference;
}

export interface TextShape extends Bounds {
  readonly type: "string";
  readonly enum?: readonly string[];
  readonly pattern?: string;
}

export interface NumberShape extends Bounds {
  readonly type: "integer" | "long" | "float" | "double";
}

export interface PlainShape {
  readonly type: "boolean" | "blob" | "timestamp";
  readonly timestampFormat?: "iso8601" | "unixTimestamp";
}

/** Of a length, a size or a number itself. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** Reads `test/models/<name>.json`. */
export function loadModel(name: string): ServiceModel {
  const file = new URL(`../../models/${name}.json`, import.meta.url);
  const model: ServiceModel = JSON.parse(readFileSync(file, "utf8"));
  return model;
}

export function shapeOf(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`shape must be one of the model's, got "${name}".`);
  return shape;
}

export function structureOf(model: ServiceModel, name: string): StructureShape {
  const shape = shapeOf(model, name);
  if (shape.type === "structure") return shape;
  throw new Error(`shape "${name}" must be a structure, got ${shape.type}.`);
}

/** What a query or a header says in text, as JSON would say it. */
export function fromText(model: ServiceModel, shapeName: string, text: string): unknown {
  const { type } = shapeOf(model, shapeName);
  const isNumber = ["integer", "long", "float", "double"].includes(type);
  return isNumber && text.trim() !== "" ? Number(text) : text;
}
