import type { HostedFunction } from "./hosted-function.js";

/** Keys of a session of the function's role. */
export interface SandboxCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** What a sandbox's environment is made of besides the function itself. */
export interface SandboxSurroundings {
  readonly credentials: SandboxCredentials;
  /** Where every SDK of the function finds AWS. */
  readonly gatewayUrl: string;
  /** Where its code lies. */
  readonly folder: string;
}

/** One stream stands for all sandboxes of a function. */
export const logStream = "rehearsal/[$LATEST]";

export function logGroupOf({ name }: HostedFunction): string {
  return `/aws/lambda/${name}`;
}

/**
 * The environment of a sandbox: what the program deployed, and what Lambda sets (AWS Lambda
 * Developer Guide, "Defined runtime environment variables"). Nothing of this machine's own
 * environment; the SDK's configuration files are pointed at nothing, for the same reason.
 */
export function sandboxEnvironment(
  fn: HostedFunction,
  { credentials, gatewayUrl, folder }: SandboxSurroundings,
): Readonly<Record<string, string>> {
  return {
    ...fn.variables,
    _HANDLER: fn.handler,
    AWS_REGION: fn.region,
    AWS_DEFAULT_REGION: fn.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMib),
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(fn),
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    LAMBDA_TASK_ROOT: folder,
    LANG: "en_US.UTF-8",
    PATH: "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
    TZ: ":UTC",
    AWS_ENDPOINT_URL: gatewayUrl,
    AWS_CONFIG_FILE: `${folder}/.aws/config`,
    AWS_SHARED_CREDENTIALS_FILE: `${folder}/.aws/credentials`,
  };
}
