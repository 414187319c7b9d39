import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { STSClient } from "@aws-sdk/client-sts";
import { type CredentialsOfLane, spokeCredentials } from "../adapters/credentials.js";
import type { Table } from "../adapters/items.js";
import { dynamoDocuments, dynamoEstate } from "../adapters/library.js";
import type { FunctionName, VariableOf } from "../bundles.js";
import { DrError } from "../core/errors.js";
import type { Estate, Library } from "../core/ports.js";
import type { ProtectionGroup, RecoveryPlan } from "../core/recovery/plan.js";

/** Reads a variable of the function's environment, or fails its start with the name that is missing. */
export function requiredEnv(
  name: VariableOf<FunctionName> | "AWS_LAMBDA_FUNCTION_NAME" | "AWS_REGION",
): string {
  const value = process.env[name];
  if (value) return value;
  const message = `The environment variable ${name} must be set. Deploy the hub again.`;
  throw new DrError("configuration", message);
}

/** The lanes of the estate, for a function that needs nothing else of the tables. */
export function wireEstate(): Estate {
  return dynamoEstate({ client: new DynamoDBClient({}), name: requiredEnv("EXECUTIONS_TABLE") });
}

/** The tables, which every function of the hub has. */
export function wireTables(): {
  readonly executions: Table;
  readonly library: Library;
  readonly estate: Estate;
} {
  const client = new DynamoDBClient({});
  const executions = { client, name: requiredEnv("EXECUTIONS_TABLE") };
  return {
    executions,
    library: {
      groups: dynamoDocuments<ProtectionGroup>({ client, name: requiredEnv("GROUPS_TABLE") }),
      plans: dynamoDocuments<RecoveryPlan>({ client, name: requiredEnv("PLANS_TABLE") }),
    },
    estate: dynamoEstate(executions),
  };
}

/** The way into the spokes, for the functions that act there. */
export function wireSpokes(): CredentialsOfLane {
  return spokeCredentials(new STSClient({}), {
    roleName: requiredEnv("SPOKE_ROLE_NAME"),
    externalId: requiredEnv("SPOKE_EXTERNAL_ID"),
    sessionName: requiredEnv("AWS_LAMBDA_FUNCTION_NAME"),
  });
}
