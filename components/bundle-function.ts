import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { bundles, type FunctionName } from "../runtime/bundles.js";
import { type Transform, unchanged } from "./arguments.js";
import { type PolicyDocument, trustService } from "./iam/document.js";
import type { Named } from "./named.js";

/** A function of this package: its code, its names and its rights. */
export interface BundleFunctionArgs {
  readonly fn: FunctionName;
  readonly region: string;
  readonly names: { readonly fn: Named; readonly role: Named; readonly logs: Named };
  readonly code: pulumi.asset.Archive;
  readonly policy: PolicyDocument;
  /** Exactly the variables that its entry reads. */
  readonly variables: Readonly<Record<string, string>>;
  readonly logRetentionDays: pulumi.Input<number>;
  readonly transformFunction?: Transform<aws.lambda.FunctionArgs>;
}

/** A function as `bundles.ts` describes it, with its role and its log group. */
export function bundleFunction(
  name: string,
  args: BundleFunctionArgs,
  child: pulumi.CustomResourceOptions,
): aws.lambda.Function {
  const { fn, region, names, transformFunction = unchanged } = args;
  const bundle = bundles[fn];
  const logs = new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    { region, name: names.logs.name, retentionInDays: args.logRetentionDays },
    child,
  );
  const role = new aws.iam.Role(
    `${name}-role`,
    {
      name: names.role.name,
      description: `Function ${names.fn.name}`,
      assumeRolePolicy: JSON.stringify(trustService("lambda.amazonaws.com")),
    },
    child,
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-policy`,
    { role: role.name, name: "own-work", policy: JSON.stringify(args.policy) },
    child,
  );
  const functionArgs = transformFunction({
    region,
    name: names.fn.name,
    description: bundle.description,
    architectures: ["arm64"],
    runtime: aws.lambda.Runtime.NodeJS22dX,
    handler: "index.handler",
    code: args.code,
    memorySize: bundle.memoryMib,
    timeout: bundle.timeoutSeconds,
    reservedConcurrentExecutions: bundle.reservedConcurrency,
    role: names.role.arn,
    tracingConfig: { mode: "Active" },
    loggingConfig: { logFormat: "JSON", logGroup: names.logs.name },
    environment: { variables: args.variables },
  });
  return new aws.lambda.Function(name, functionArgs, { ...child, dependsOn: [role, policy, logs] });
}
