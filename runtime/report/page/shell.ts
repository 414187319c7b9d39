import { escapeMarkup } from "../markup.js";
import { schemeRules } from "../timeline/palette.js";
import { pageStyle } from "./style.js";

/**
 * One HTML page that needs nothing else, neither network nor scripts. Follows the reader's light or
 * dark scheme. The title is escaped; the body is markup.
 */
export function htmlPage(title: string, style: string, body: readonly string[]): string {
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<style>\n${schemeRules(":root")}\n${pageStyle}\n${style}\n</style>`,
    "</head>",
    "<body>",
    ...body,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}
