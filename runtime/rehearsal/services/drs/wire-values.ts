import type { Instant } from "../../../core/instant.js";
import type { World } from "./world.js";

/** A timestamp as DRS writes it: six digits after the point, and the suffix of the switch. */
export function timestamp(world: World, moment: Instant): string {
  const text = new Date(moment).toISOString().replace("Z", "");
  return `${text}000${world.switches.timestampSuffix}`;
}

/** An ISO 8601 duration; nothing at all is `P0D`. */
export function isoDuration(seconds: number): string {
  if (seconds <= 0) return "P0D";
  const days = Math.floor(seconds / 86_400);
  const parts = [
    [Math.floor((seconds % 86_400) / 3_600), "H"],
    [Math.floor((seconds % 3_600) / 60), "M"],
    [Math.round((seconds % 60) * 1_000) / 1_000, "S"],
  ] as const;
  const time = parts.map(([count, unit]) => (count > 0 ? `${count}${unit}` : "")).join("");
  return `P${days > 0 ? `${days}D` : ""}${time && `T${time}`}`;
}
