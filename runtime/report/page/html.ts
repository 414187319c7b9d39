import type { RehearsalDocument } from "../../rehearsal/document.js";
import { timelineStyle } from "../timeline/style.js";
import { outcomeInWords } from "../wording.js";
import { renderHeader } from "./header.js";
import { renderBroken, renderDetails, renderFooter } from "./sections.js";
import { htmlPage } from "./shell.js";
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
  return htmlPage(title, timelineStyle, [
    "<main>",
    renderHeader(document),
    ...(document.brokenInvariants.length > 0 ? [renderBroken(document)] : []),
    renderTimelineCard(document),
    renderDetails(document),
    "</main>",
    renderFooter(document, context.command ?? repeatCommand(document)),
  ]);
}

/** The command as far as the document tells it. */
function repeatCommand({ plan, kind, seed }: RehearsalDocument): string {
  const recovery = kind === "recovery" ? " --recovery" : "";
  return `aws-dr rehearse ENVIRONMENT_FILE --plan ${plan}${recovery} --seed ${seed}`;
}
