import type { RegisteredResource } from "../program/registered.js";

/** A Lambda function as the program would deploy it. */
export interface HostedFunction {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly roleArn: string;
  /** `<module>.<export>`. */
  readonly handler: string;
  readonly runtime: string;
  readonly memoryMib: number;
  readonly timeoutSeconds: number;
  /** Absent: the account's own limit, which is not emulated. */
  readonly reservedConcurrency?: number;
  readonly variables: Readonly<Record<string, string>>;
  /** The archive, as registered. */
  readonly code: unknown;
}

const lambdaFunction = "aws:lambda/function:Function";

/** The functions among a program's resources. AWS's defaults stand in for what is not set. */
export function functionsOf(resources: readonly RegisteredResource[]): readonly HostedFunction[] {
  return resources.filter(({ type }) => type === lambdaFunction).map(functionOf);
}

function functionOf({ urn, inputs, outputs, account, region }: RegisteredResource): HostedFunction {
  const arn = text(outputs.arn);
  const roleArn = text(inputs.role);
  if (arn === undefined || roleArn === undefined) {
    throw new Error(`${urn} must have an ARN and a role that are known, to be rehearsed.`);
  }
  const reserved = number(inputs.reservedConcurrentExecutions);
  return {
    arn,
    name: text(inputs.name) ?? arn.split(":").at(-1) ?? arn,
    account: account ?? arn.split(":")[4] ?? "",
    region: region ?? arn.split(":")[3] ?? "",
    roleArn,
    handler: text(inputs.handler) ?? "index.handler",
    runtime: text(inputs.runtime) ?? "nodejs22.x",
    memoryMib: number(inputs.memorySize) ?? 128,
    timeoutSeconds: number(inputs.timeout) ?? 3,
    ...(reserved !== undefined && reserved >= 0 ? { reservedConcurrency: reserved } : {}),
    variables: variablesOf(inputs.environment),
    code: inputs.code,
  };
}

function variablesOf(environment: unknown): Readonly<Record<string, string>> {
  if (typeof environment !== "object" || environment === null) return {};
  const variables = "variables" in environment ? environment.variables : undefined;
  if (typeof variables !== "object" || variables === null) return {};
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, `${value}`]));
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
