import type { ProviderType } from "./provider-type.js";

/** Stores and queues. */
export const data: Readonly<Record<string, ProviderType>> = {
  "aws:dynamodb/table:Table": {
    registryType: "AWS::DynamoDB::Table",
    inputs: { ImportSourceSpecification: ["importTable"], KeySchema: ["hashKey", "rangeKey"] },
    alsoReplacing: ["localSecondaryIndexes"],
  },
  "aws:dynamodb/tableItem:TableItem": { alsoReplacing: ["tableName", "hashKey", "rangeKey"] },
};
