import type { Path } from "../../environment/path.js";
import type { Finding } from "../../environment/problem.js";
import { again } from "./parts.js";

/** A finding about outputs, whose only remedy is to take them anew. */
export function found(path: Path, rule: string, got: string): Finding {
  return { path, rule, got, remedy: again, blames: "value" };
}
