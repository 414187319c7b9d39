import { oneLine, type Paint, paint, terminalTable, toned } from "../../report/terminal-table.js";
import { counted, thousands } from "../../report/wording.js";
import { programErrors } from "../program-errors.js";
import type { PolicyViolation, PreviewedProgram, ProgramMessage } from "../tools.js";

/** What `aws-dr preview --json` prints. */
export interface PreviewDocument {
  readonly schemaVersion: 1;
  readonly file: string;
  readonly environment: string;
  readonly isRefused: boolean;
  /** Present when refused: why, in one sentence. */
  readonly error?: string;
  /** Present when refused: what the program or a mandatory policy said. */
  readonly problems?: readonly string[];
  readonly resources: number;
  /** Resources by type. */
  readonly types: Readonly<Record<string, number>>;
  readonly violations: readonly PolicyViolation[];
  readonly messages: readonly ProgramMessage[];
}

/** Counts a previewed program's resources and says whether it may be deployed. */
export function previewDocument(
  environment: string,
  file: string,
  { succeeded, resources, messages, violations }: PreviewedProgram,
): PreviewDocument {
  const mandatory = violations.filter(({ level }) => level === "mandatory");
  const problems = [
    ...programErrors(messages),
    ...mandatory.map(({ policy, message }) => `${policy}: ${message}`),
  ];
  const isRefused = !succeeded || mandatory.length > 0;
  const reason = succeeded
    ? `${counted(mandatory.length, "mandatory violation")} of policies`
    : "the program failed";
  return {
    schemaVersion: 1,
    file,
    environment,
    isRefused,
    ...(isRefused ? { error: `${file} is refused: ${reason}`, problems } : {}),
    resources: resources.length,
    types: countsByType(resources.map(({ type }) => type)),
    violations,
    messages,
  };
}

function countsByType(types: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The preview for the terminal. */
export function renderPreview(
  document: PreviewDocument,
  { color }: { readonly color: boolean },
): string {
  const colours = paint(color);
  const { types, messages, violations } = document;
  const columns = [{ heading: "Resources", isNumber: true }, { heading: "Type" }];
  const rows = Object.entries(types).map(([type, count]) => [thousands(count), type]);
  const sections = [
    ...(rows.length > 0 ? [terminalTable(columns, rows, colours)] : []),
    ...messages.map((message) => messageLines(message, colours)),
    ...violations.map((violation) => violationLine(violation, colours)),
    verdict(document, colours),
  ];
  return `${sections.join("\n\n")}\n`;
}

function messageLines({ severity, text, urn }: ProgramMessage, colours: Paint): string {
  const lines = text.trimEnd().split("\n").map(oneLine).join("\n    ");
  const where = urn === undefined ? "" : `\n    ${colours.dim(oneLine(urn))}`;
  return `  ${toned(severity, severity === "error" ? "bad" : "warning", colours)}: ${lines}${where}`;
}

function violationLine(violation: PolicyViolation, colours: Paint): string {
  const { pack, policy, level, message, urn } = violation;
  const tone = level === "mandatory" ? "bad" : "warning";
  const where = urn === undefined ? [] : [`    ${colours.dim(oneLine(urn))}`];
  return [
    `  ${toned(level, tone, colours)}  ${colours.bold(oneLine(policy))} (${oneLine(pack)})`,
    `    ${oneLine(message)}`,
    ...where,
  ].join("\n");
}

function verdict(document: PreviewDocument, colours: Paint): string {
  const { environment, error, resources, violations } = document;
  if (error !== undefined) return toned(`✗ ${oneLine(error)}.`, "bad", colours);
  const advisory = violations.length;
  const advice = advisory > 0 ? ` with ${counted(advisory, "piece")} of advice` : "";
  return toned(
    `✓ ${environment} would deploy ${counted(resources, "resource")}${advice}. Nothing was deployed.`,
    "good",
    colours,
  );
}
