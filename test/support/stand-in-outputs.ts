import { madeByAws } from "../../runtime/rehearsal/program/stand-in-aws.js";
import type { RunOptions } from "./pulumi-mocks.js";

/** What resources answer as the stand-in for AWS does, ARNs of keys for example. */
export const standInOutputs: NonNullable<RunOptions["outputsOf"]> = (
  type,
  name,
  inputs,
  provider = "",
) => {
  const placement = {
    partition: "aws",
    region: String(inputs.region ?? "us-east-1"),
    account: /\d{12}/.exec(provider)?.[0] ?? "111122223333",
  };
  return madeByAws({ type, urn: `urn:${name}`, name, inputs, placement, defaultTags: {} }).outputs;
};
