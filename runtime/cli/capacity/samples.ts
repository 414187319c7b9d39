import { readFileSync } from "node:fs";
import { z } from "zod";
import type { CapacitySample } from "../../core/capacity/forecast.js";
import { instant } from "../../core/instant.js";
import { CommandFailure, exitCodes } from "../failure.js";

/** Samples of lanes, by `<account>/<Region>`. */
export type LaneSamples = ReadonlyMap<string, readonly CapacitySample[]>;

/** What `aws cloudwatch get-metric-data` prints, as far as it is read. */
const metricData = z.object({
  MetricDataResults: z.array(
    z.object({
      Label: z.string().regex(/^\d{12}\/[a-z0-9-]+$/),
      Timestamps: z.array(z.string()),
      Values: z.array(z.number()),
    }),
  ),
});

/**
 * Reads the samples of a file that `aws cloudwatch get-metric-data` printed, each metric labelled
 * with its lane; refuses any other.
 */
export function readSamples(file: string): LaneSamples {
  const parsed = metricData.safeParse(jsonOf(file));
  if (!parsed.success) {
    const message = `${file} must be what "aws cloudwatch get-metric-data" prints, each result labelled <account>/<Region>`;
    throw new CommandFailure(exitCodes.refused, message, {
      problems: parsed.error.issues.map(({ path, message: what }) => `${path.join(".")}: ${what}`),
    });
  }
  return new Map(
    parsed.data.MetricDataResults.map(({ Label, Timestamps, Values }) => [
      Label,
      Timestamps.flatMap((text, index) => {
        const [at, servers] = [Date.parse(text), Values[index]];
        return Number.isNaN(at) || servers === undefined ? [] : [{ at: instant(at), servers }];
      }),
    ]),
  );
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(exitCodes.refused, `${file} must be readable as JSON: ${why}`);
  }
}
