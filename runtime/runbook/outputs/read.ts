import { schemaFindings } from "../../environment/issues.js";
import { type Path, valueAt } from "../../environment/path.js";
import { type Finding, type Problem, problemOf, shown } from "../../environment/problem.js";
import { crossFindings } from "./checks.js";
import { found } from "./found.js";
import { again } from "./parts.js";
import { type Outputs, outputsVersion, stackSchema } from "./schema.js";

/** Outputs that a runbook may be rendered of, or everything that is wrong with them. */
export type ReadOutputs =
  | { readonly ok: true; readonly outputs: Outputs }
  | { readonly ok: false; readonly problems: readonly OutputProblem[] };

/** Outputs are no file that anybody edits: they have no lines. */
export type OutputProblem = Omit<Problem, "line">;

const root = "disasterRecovery";

/**
 * Reads what `pulumi stack output --json` printed. Outputs of another release, and such as do not
 * belong together, are refused: a runbook that is wrong is worse than none.
 */
export function readOutputs(text: string): ReadOutputs {
  const raw = parsed(text);
  if (raw === undefined) {
    return refused([found([], "what Pulumi prints as JSON", "no JSON")]);
  }
  const inner = valueAt(raw, [root]);
  if (inner === undefined) {
    const remedy = `Pipe "pulumi stack output --json" of the stack that deploys the environment.`;
    return refused([{ ...found([root], "the output of the stack", "nothing"), remedy }]);
  }
  const secrets = secretsIn(inner, [root]);
  if (secrets.length > 0) return refused(secrets);
  const version = valueAt(inner, ["schemaVersion"]);
  if (version !== outputsVersion) return refused([otherRelease(version)]);
  const ofSchema = schemaFindings(stackSchema, raw, () => undefined);
  const read = stackSchema.safeParse(raw);
  if (ofSchema.length > 0 || !read.success) {
    return refused(ofSchema.map((finding) => ({ ...finding, remedy: again })));
  }
  const outputs = read.data[root];
  const findings = crossFindings(outputs);
  if (findings.length === 0) return { ok: true, outputs };
  return refused(findings.map((finding) => ({ ...finding, path: [root, ...finding.path] })));
}

/** One problem a line. */
export function formatOutputProblems(problems: readonly OutputProblem[]): string {
  return problems.map(({ message }) => message).join("\n");
}

/** What Pulumi prints in the place of a secret, and the key by which it marks one. */
const hidden = "[secret]";
const secretMark = "4dabf18193072939515e22adb298388d";

/** A runbook is printed, mailed and carried about: outputs with a secret in them are none of ours. */
function secretsIn(value: unknown, path: Path): readonly Finding[] {
  if (value === hidden) return [found(path, "no secret", "one")];
  if (typeof value !== "object" || value === null) return [];
  if (secretMark in value) return [found(path, "no secret", "one")];
  return Object.entries(value).flatMap(([key, inner]) =>
    secretsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function otherRelease(version: unknown): Finding {
  const isNewer = typeof version === "number" && version > outputsVersion;
  const remedy = isNewer
    ? "They are of a newer release: render them with the release that deployed them."
    : 'They are of an older release: deploy the stack with this one ("pulumi up"), which changes its outputs.';
  return {
    ...found([root, "schemaVersion"], String(outputsVersion), shown(version)),
    remedy: typeof version === "number" ? remedy : again,
  };
}

function refused(findings: readonly Finding[]): ReadOutputs {
  const told = new Set<string>();
  const problems = findings
    .map((finding) => problemOf(finding, 1, "the outputs"))
    .map(({ line: _line, ...problem }) => problem)
    .filter(({ message }) => !told.has(message) && told.add(message));
  return { ok: false, problems };
}
