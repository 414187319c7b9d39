import { createRequire } from "node:module";
import { join } from "node:path";
import type { MethodDefinition } from "@grpc/grpc-js";

const ourModules = createRequire(import.meta.url);

/**
 * The SDK checks its messages with `instanceof`, so protobuf's classes must come from the very copy
 * that the SDK loads: with a second one every reply fails with "Error serializing response".
 */
const sdkModules = createRequire(ourModules.resolve("@pulumi/pulumi/package.json"));

export const { Struct } = sdkModules(
  "google-protobuf/google/protobuf/struct_pb",
) as typeof import("google-protobuf/google/protobuf/struct_pb.js");

export const { Empty } = sdkModules(
  "google-protobuf/google/protobuf/empty_pb",
) as typeof import("google-protobuf/google/protobuf/empty_pb.js");

/** Plain properties of a resource, as JSON. */
export type Properties = Readonly<Record<string, unknown>>;

export type WireStruct = InstanceType<typeof Struct>;

/** Messages up to 400 MiB, as Pulumi's own engine takes them: a Lambda archive may be inline. */
const maxMessageBytes = 400 * 1024 * 1024;

export const grpcOptions = {
  "grpc.max_receive_message_length": maxMessageBytes,
  "grpc.max_send_message_length": maxMessageBytes,
} as const;

interface WithReplyClass<Reply> {
  readonly responseType: new () => Reply;
}

/** A new reply to a method. Its class moves between versions of the SDK, so it is taken from the service. */
export function newReply<Request, Reply>(method: MethodDefinition<Request, Reply>): Reply {
  const { responseType } = method as unknown as WithReplyClass<Reply>;
  return new responseType();
}

/**
 * Path of a file of `@pulumi/pulumi`, as the program or pack in that directory would resolve it;
 * our own copy where it has none.
 */
export function sdkFileFor(directory: string, file: string): string {
  const path = `@pulumi/pulumi/${file}`;
  try {
    return createRequire(join(directory, "package.json")).resolve(path);
  } catch {
    return ourModules.resolve(path);
  }
}
