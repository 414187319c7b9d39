import type { RehearsalDocument } from "../../rehearsal/document.js";
import { escapeMarkup } from "../markup.js";
import { schemeRules } from "../timeline/palette.js";
import { timelineStyle } from "../timeline/style.js";
import { outcomeInWords } from "../wording.js";
import { renderHeader } from "./header.js";
import { renderBroken, renderDetails, renderFooter } from "./sections.js";
import { pageStyle } from "./style.js";
import { renderTimelineCard } from "./timeline-card.js";

/** What the report's reader should know that the document cannot. */
export interface ReportContext {
  /** The command that runs the same rehearsal again. */
  readonly command?: string;
}

/**
 * The report: one HTML page that needs nothing else, neither network nor scripts. Follows the
 * reader's light or dark scheme and prints on white. All text of the document is escaped.
 */
export function renderHtml(document: RehearsalDocument, context: ReportContext = {}): string {
  const title = `${outcomeInWords(document)} · ${document.plan} · ${document.environment}`;
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<style>\n${schemeRules(":root")}\n${pageStyle}\n${timelineStyle}\n</style>`,
    "</head>",
    "<body>",
    "<main>",
    renderHeader(document),
    ...(document.brokenInvariants.length > 0 ? [renderBroken(document)] : []),
    renderTimelineCard(document),
    renderDetails(document),
    "</main>",
    renderFooter(document, context.command ?? repeatCommand(document)),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** The command as far as the document tells it. */
function repeatCommand({ plan, kind, seed }: RehearsalDocument): string {
  const recovery = kind === "recovery" ? " --recovery" : "";
  return `aws-dr rehearse ENVIRONMENT_FILE --plan ${plan}${recovery} --seed ${seed}`;
}
