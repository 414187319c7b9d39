/** What goes from Region to Region on an edge. */
export type EdgeKind =
  | "backup"
  | "bucket"
  | "cache"
  | "image"
  | "key"
  | "log"
  | "message"
  | "observability"
  | "registry"
  | "replica"
  | "secret"
  | "table";

/** A property of a resource by which data goes to another Region, or comes from there. */
export interface DeclaredEdge {
  readonly type: string;
  readonly kind: EdgeKind;
  /** Whether data goes `to` the place that the property names, or comes `from` there. */
  readonly way: "to" | "from";
  /** `rules[].destination.bucket`: `[]` stands for each element of a list. */
  readonly path: string;
  /**
   * What the property holds: a Region or an ARN of it, what another resource is known by, or whether
   * data comes from all Regions of the account, among which those of its cells are told.
   */
  readonly holds: "cells" | "region" | Reference;
}

/** An ARN, a name or an id of a resource of this type. */
export interface Reference {
  readonly type: string;
  /** Property by which the resource is found where its Region does not stand in the reference. */
  readonly property: string;
  /** Other types that it may be an ARN of, or `any`. */
  readonly otherTypes?: readonly string[] | "any";
  /** Whether a name that is no ARN means a resource of one's own Region. */
  readonly isLocalName?: boolean;
  /** Where the property holds other things as well, such as an address of mail: what says that it is this. */
  readonly onlyWhere?: { readonly property: string; readonly isAmong: readonly string[] };
}

/** A bucket, by its name, its ARN or its `s3://` address. */
export const bucket: Reference = { type: "aws:s3/bucket:Bucket", property: "bucket" };

/** A resource of any type, by its ARN. */
export const anything: Reference = { type: "any", property: "arn", otherTypes: "any" };

export const stream = "aws:kinesis/stream:Stream";
export const deliveryStream = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
export const lambda = "aws:lambda/function:Function";
export const logGroup = "aws:cloudwatch/logGroup:LogGroup";

/** An edge to the place that the property names. */
export function pushed(
  type: string,
  kind: EdgeKind,
  path: string,
  holds: Reference | "region" = "region",
): DeclaredEdge {
  return { type, kind, way: "to", path, holds };
}

/** An edge from the place that the property names. */
export function pulled(
  type: string,
  kind: EdgeKind,
  path: string,
  holds: Reference | "cells" | "region" = "region",
): DeclaredEdge {
  return { type, kind, way: "from", path, holds };
}
