import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { STSClient } from "@aws-sdk/client-sts";
import { type CredentialsOfLane, spokeCredentials } from "../adapters/credentials.js";
import type { Table } from "../adapters/items.js";
import { dynamoDocuments, dynamoEstate } from "../adapters/library.js";
import type { VariableOf } from "../bundles.js";
import { DrError } from "../core/errors.js";
import type { Estate, Library } from "../core/ports.js";
import type { ProtectionGroup, RecoveryPlan } from "../core/recovery/plan.js";

/** Variables that every function has. */
type Shared = VariableOf<"query">;

/** Reads a variable of the function's environment, or fails its start with the name that is missing. */
export function requiredEnv<Name extends string>(name: Name): string {
  const value = process.env[name];
  if (value) return value;
  throw new DrError(
    "configuration",
    `The environment variable ${name} must be set. Deploy the hub again.`,
  );
}

function shared(name: Shared): string {
  return requiredEnv(name);
}

/** What all functions share: the library, the estate, and the way into the spokes. */
export function wire(): {
  readonly executions: Table;
  readonly library: Library;
  readonly estate: Estate;
  readonly credentialsOf: CredentialsOfLane;
} {
  const client = new DynamoDBClient({});
  const executions = { client, name: shared("EXECUTIONS_TABLE") };
  return {
    executions,
    library: {
      groups: dynamoDocuments<ProtectionGroup>({ client, name: shared("GROUPS_TABLE") }),
      plans: dynamoDocuments<RecoveryPlan>({ client, name: shared("PLANS_TABLE") }),
    },
    estate: dynamoEstate(executions),
    credentialsOf: spokeCredentials(new STSClient({}), {
      roleName: shared("SPOKE_ROLE_NAME"),
      externalId: shared("SPOKE_EXTERNAL_ID"),
      sessionName: requiredEnv("AWS_LAMBDA_FUNCTION_NAME"),
    }),
  };
}
