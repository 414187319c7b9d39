import type { Path } from "../path.js";
import type { Finding } from "../problem.js";

/** A finding about how parts of a file go together: an alias is then the place to look at. */
export function found(path: Path, rule: string, got: string, remedy: string): Finding {
  return { path, rule, got, remedy, blames: "use" };
}
