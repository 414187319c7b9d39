import type { WaveDeclaration } from "../../runtime/environment/schema.js";

/** A wave with the defaults of the schema. */
export function wave(
  name: string,
  group: string,
  narrowing: Partial<WaveDeclaration> = {},
): WaveDeclaration {
  return {
    name,
    group,
    dependsOn: [],
    failedAtMostPercent: 0,
    deadlineMinutes: 120,
    expectedLaunchSeconds: 600,
    ...narrowing,
  };
}
