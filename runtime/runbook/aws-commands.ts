import type { Command } from "./model.js";
import type { HubOutputs } from "./outputs/schema.js";
import { jsonWord, type Word } from "./words.js";

/** A call of the AWS CLI, always with its Region: no profile decides where a failover happens. */
export function aws(
  {
    account,
    region,
    note,
  }: { readonly account: string; readonly region: string; readonly note?: string },
  service: string,
  operation: string,
  ...options: readonly Word[]
): Command {
  const argv: readonly Word[] = ["aws", service, operation, "--region", region, ...options];
  return { argv, account, ...(note !== undefined && { note }) };
}

/** Asks one of the hub's functions, as the schedules of drills do. The answer is printed. */
export function ask(
  { account, homeRegion, functions }: HubOutputs,
  fn: keyof HubOutputs["functions"],
  request: Parameters<typeof jsonWord>[0],
  note?: string,
): Command {
  const options: readonly Word[] = [
    "--function-name",
    functions[fn],
    "--cli-binary-format",
    "raw-in-base64-out",
    "--payload",
    jsonWord(request),
    "/dev/stdout",
  ];
  return aws(
    { account, region: homeRegion, ...(note !== undefined && { note }) },
    "lambda",
    "invoke",
    ...options,
  );
}

/** A command of this package; it needs the environment file and no account. */
export function awsDr(words: readonly Word[], note?: string): Command {
  return { argv: ["aws-dr", ...words], ...(note !== undefined && { note }) };
}
