import type { RegisteredResource } from "../program/registered.js";
import type { NeededRight } from "../services/service.js";

/** Resources of a program whose users need rights to a KMS key as well, which are not decided here. */
export interface CustomerKeys {
  /** Why a right cannot be decided; nothing when no resource of it is encrypted with such a key. */
  undecided(right: Pick<NeededRight, "resources">): string | undefined;
}

/**
 * Where AWS asks the caller of a resource for `kms:Decrypt` or `kms:GenerateDataKey`: items of tables,
 * messages to topics, executions of machines. Functions and log groups are not among them: there the
 * service uses the key by itself. Sources: DynamoDB Developer Guide, "DynamoDB encryption at rest usage notes"; SNS
 * Developer Guide, "Managing Amazon SNS encryption keys and costs"; Step Functions Developer Guide, "Data at rest encryption".
 */
const carriers: Readonly<Record<string, readonly [field: string, key: string | undefined]>> = {
  "aws:dynamodb/table:Table": ["serverSideEncryption", "kmsKeyArn"],
  "aws:sfn/stateMachine:StateMachine": ["encryptionConfiguration", "kmsKeyId"],
  "aws:sns/topic:Topic": ["kmsMasterKeyId", undefined],
};

/** Finds what a program encrypts with keys of the customer. Keys that AWS manages ask nobody for rights. */
export function customerKeysOf(resources: readonly RegisteredResource[]): CustomerKeys {
  const keys = new Map(
    resources.flatMap(({ type, inputs, outputs }) => {
      const [field, member] = carriers[type] ?? [];
      if (field === undefined) return [];
      const value = inputs[field];
      const key = member === undefined ? value : Object(value)[member];
      const isCustomers = typeof key === "string" && key !== "" && !/(?:^|:)alias\/aws\//.test(key);
      return isCustomers ? [[outputs.arn, key] as const] : [];
    }),
  );
  return {
    undecided({ resources: asked }) {
      const found = asked.find((arn) => keys.has(tableOf(arn)));
      if (found === undefined) return undefined;
      return (
        `${found} is encrypted with "${keys.get(tableOf(found))}", and the rehearsal does not decide ` +
        "who may use a key of the customer"
      );
    },
  };
}

/** An index of a table lies under the table's key. */
function tableOf(arn: string): string {
  return arn.replace(/\/index\/.*$/, "");
}
