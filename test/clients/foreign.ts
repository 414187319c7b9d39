import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Access } from "../rehearsal/services/bench.js";
import type { Availability } from "../support/tier.js";

/** Where a script of this folder lies. */
export function scriptOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** A Python that has boto3. */
export function boto3(): Availability<string> {
  return answers("python3", ["-c", "import boto3"])
    ? { tool: "python3" }
    : { missing: "python3 with boto3 is not installed" };
}

export function awsCli(): Availability<string> {
  return answers("aws", ["--version"])
    ? { tool: "aws" }
    : { missing: "the AWS CLI is not installed" };
}

/** Whether a command is there and ends well. */
export function answers(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** Emulated services, as a foreign program reaches them. */
export interface Reached {
  access(): Pick<Access, "endpoint" | "region"> & {
    readonly credentials: Omit<Access["credentials"], "expiresAt">;
  };
  /** Lets time pass. */
  pass(seconds: number): Promise<void>;
}

/** What a foreign program came to. */
export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of this folder as the operator, lets time pass when it asks, answers its report. */
export async function runScript(
  reached: Reached,
  python: string,
  script: string,
  args: readonly string[] = [],
  variables: NodeJS.ProcessEnv = {},
): Promise<unknown> {
  const command = [scriptOf(script), ...args];
  const { exitCode, stdout, stderr } = await runForeign(reached, python, command, variables);
  if (exitCode !== 0) throw new Error(`${script} must end with 0, got ${exitCode}. ${stderr}`);
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  const { result }: { result: unknown } = JSON.parse(last);
  return result;
}

/** Runs a program that finds the emulator by the variables that every SDK reads. */
export async function runForeign(
  reached: Reached,
  command: string,
  args: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const env = { ...environmentOf(reached.access()), ...variables };
  const child = spawn(command, args, { env });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const errors: string[] = [];
  child.stderr.on("data", (chunk) => errors.push(String(chunk)));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const seconds = /^\{"pass": (\d+)\}$/.exec(line)?.[1];
    if (seconds === undefined) {
      lines.push(line);
      continue;
    }
    await reached.pass(Number(seconds));
    child.stdin.write("\n");
  }
  return { exitCode: await exited, stdout: lines.join("\n"), stderr: errors.join("") };
}

function environmentOf({
  endpoint,
  region,
  credentials,
}: ReturnType<Reached["access"]>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return {
    PATH,
    HOME,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL: endpoint,
    AWS_MAX_ATTEMPTS: "1",
    AWS_PAGER: "",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    PYTHONDONTWRITEBYTECODE: "1",
  };
}
