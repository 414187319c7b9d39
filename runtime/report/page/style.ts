import { waveColours } from "../timeline/palette.js";

/** Rules of the report's page. Reads the palette's custom properties; prints on white. */
export const pageStyle = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main,footer{max-width:1280px;margin:0 auto;padding:0 32px}
header.top{padding:40px 0 8px}
.over{margin:0 0 10px;color:var(--ink-soft);font-size:14px}
.over b{color:var(--ink);font-weight:600}
h1{margin:14px 0 6px;font-size:34px;line-height:1.18;letter-spacing:-.018em;font-weight:680;text-wrap:balance;overflow-wrap:break-word}
.lead{margin:0;max-width:95ch;color:var(--ink-soft);font-size:16px;overflow-wrap:break-word}
h2{margin:0 0 14px;font-size:18px;letter-spacing:-.008em;font-weight:650}
h3{margin:18px 0 6px;font-size:15px;font-weight:600}
p{margin:0 0 10px}
.pill{display:inline-flex;align-items:center;gap:7px;padding:3px 12px 3px 9px;border-radius:999px;font-size:13.5px;font-weight:650}
.pill svg{width:15px;height:15px;flex:none}
.good{background:var(--good-soft);color:var(--good)}
.warning{background:var(--warning-soft);color:var(--warning)}
.bad{background:var(--bad-soft);color:var(--bad)}
.tiles{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:14px;margin:26px 0 14px;padding:0}
.tile,.card{background:var(--surface);border:1px solid var(--line);border-radius:12px}
.tile{padding:16px 18px 15px}
.tile dt{color:var(--ink-soft);font-size:13.5px}
.tile dd{margin:0}
.tile .value{margin:3px 0 9px;font-size:29px;line-height:1.15;font-weight:660;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.tile .value small{margin-left:3px;color:var(--ink-soft);font-size:15px;font-weight:500;letter-spacing:0}
.tile .note{color:var(--ink-soft);font-size:13px;line-height:1.45}
.gauge{display:block;width:100%;height:10px;margin:0 0 9px;overflow:visible}
.gauge .rail{fill:var(--line-soft)}
.gauge .fill{fill:var(--accent)}
.gauge .fill-bad{fill:var(--bad)}
.gauge .fill-quiet{fill:var(--quiet);fill-opacity:.55}
.gauge .stop{stroke:var(--ink);stroke-width:2}
.card{margin:0 0 14px;padding:20px 22px 22px}
.card.alarm{border-color:var(--bad);border-left-width:5px}
.card.alarm h2{color:var(--bad)}
.scroll{overflow-x:auto}
.scroll .tl{display:block;width:100%;min-width:860px;height:auto}
.legend{display:flex;flex-wrap:wrap;gap:6px 20px;margin:0 0 18px;padding:0;list-style:none;color:var(--ink-soft);font-size:13px}
.legend li{display:flex;align-items:center;gap:7px}
.legend svg{width:24px;height:14px;flex:none}
.swatch{display:inline-block;width:11px;height:11px;margin-right:8px;border-radius:3px;vertical-align:-1px}
table{width:100%;border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}
caption{padding:0 0 8px;color:var(--ink-soft);text-align:left}
th{padding:0 14px 7px 0;border-bottom:1px solid var(--line);color:var(--ink-soft);font-size:13px;font-weight:500;text-align:left;vertical-align:bottom;white-space:nowrap}
td{padding:8px 14px 8px 0;border-bottom:1px solid var(--line-soft);vertical-align:top;overflow-wrap:break-word}
tbody tr:last-child td,tbody tr:last-child th{border-bottom:0}
tbody th{padding:8px 14px 8px 0;border-bottom:1px solid var(--line-soft);color:var(--ink);font-size:14px;font-weight:600;vertical-align:top;white-space:normal;overflow-wrap:break-word}
.n{text-align:right;white-space:nowrap}
th.n{padding-right:14px}
td.zero{color:var(--ink-faint)}
td.some-bad{color:var(--bad);font-weight:650}
td .gauge{width:120px;margin:4px 0 0 auto;height:5px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:14px}
.pair .card{margin-bottom:14px}
.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:13px}
details{margin:0 0 6px}
summary{padding:5px 0;cursor:pointer;overflow-wrap:break-word}
summary b{font-weight:600}
.soft{color:var(--ink-soft)}
footer{padding-top:10px;padding-bottom:48px;color:var(--ink-soft);font-size:13.5px}
pre{margin:8px 0 14px;padding:12px 16px;overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--surface);color:var(--ink)}
a{color:inherit}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
${waveColours.map((_, index) => `.swatch.w${index}{background:var(--wave-${index})}`).join("")}
@media(max-width:860px){table{min-width:620px}.pair table{min-width:0}main,footer{padding-left:16px;padding-right:16px}.tiles{grid-template-columns:1fr 1fr}.pair{grid-template-columns:1fr}h1{font-size:27px}.card{padding:16px;overflow-x:auto}}
@media(max-width:480px){.tiles{grid-template-columns:1fr}}
@media print{@page{size:A4;margin:12mm}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}body{background:#fff;font-size:11px}main,footer{max-width:none;padding:0}header.top{padding-top:0}h1{font-size:22px}.tiles{grid-template-columns:repeat(4,minmax(0,1fr));gap:8px;margin:14px 0 10px}.tile{padding:10px 11px}.tile .value{font-size:18px}.tile dt,.tile .note,.legend,table,td,th,tbody th{font-size:11px}.card{padding:12px 14px;break-inside:avoid}.pair{grid-template-columns:1fr 1fr}table{min-width:0}th{white-space:normal}.tile,tr{break-inside:avoid}.scroll{overflow:visible}.scroll .tl{min-width:0;max-height:225mm}}
`.trim();
