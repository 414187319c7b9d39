import type { Named } from "../named.js";
import { allow, type Statement } from "./document.js";

/** What every function of this package may do: write its own log, and send traces. */
export function functionBasics(logs: Named): readonly Statement[] {
  return [
    allow(
      "WriteOwnLog",
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      [`${logs.arn}:log-stream:*`],
    ),
    tracing,
  ];
}

/** Lets a function take roles in other accounts, named one by one; nothing where there are none. */
export function takeRoles(roleArns: readonly string[]): readonly Statement[] {
  return roleArns.length > 0 ? [allow("TakeSpokeRoles", ["sts:AssumeRole"], roleArns)] : [];
}

/** No resource types: Service Authorization Reference, "… for AWS X-Ray". */
export const tracing = allow("Trace", ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], ["*"]);
