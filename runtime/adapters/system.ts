import { randomUUID } from "node:crypto";
import { type Clock, instant } from "../core/instant.js";
import type { Log, NewId } from "../core/ports.js";

/** The clock of the machine. */
export const systemClock: Clock = { now: () => instant(Date.now()) };

export const randomIds: NewId = () => randomUUID();

/** One JSON object a line, as CloudWatch Logs reads them. */
export function jsonLog(functionName: string): Log {
  const write =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) => {
      process.stdout.write(`${JSON.stringify({ level, functionName, message, ...fields })}\n`);
    };
  return { info: write("INFO"), warn: write("WARN"), error: write("ERROR") };
}
