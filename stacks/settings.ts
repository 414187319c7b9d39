import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { formatProblems, loadEnvironment } from "../runtime/environment/load.js";
import type { Environment } from "../runtime/environment/schema.js";

/**
 * The password with which databases are born, from the stack's secret configuration. It is changed as
 * soon as a database stands: what Pulumi was given once stays in its state, encrypted.
 */
export function firstPassword(): pulumi.Output<string> {
  const password = new pulumi.Config("pulumi-aws-dr").getSecret("firstPassword");
  if (password !== undefined) return password;
  throw new pulumi.RunError(
    'pulumi-aws-dr:firstPassword must be a throw-away password for new databases, got nothing. Run "pulumi config set --secret firstPassword <password>".',
  );
}

/**
 * The environment that the stack's configuration names, by a path that is absolute or relative to
 * the project's root. Ends the program, with every problem and without a stack trace, when the file
 * cannot be used.
 */
export function configuredEnvironment(): Environment {
  const path = new pulumi.Config("pulumi-aws-dr").get("environment");
  if (!path) {
    throw new pulumi.RunError(
      'pulumi-aws-dr:environment must be the path of an environment file, got nothing. Run "pulumi config set environment <path>".',
    );
  }
  const loaded = loadEnvironment(resolve(pulumi.getRootDirectory(), path));
  if (loaded.ok) return loaded.environment;
  throw new pulumi.RunError(formatProblems(path, loaded.problems));
}
