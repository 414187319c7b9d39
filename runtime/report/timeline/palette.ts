/** Colours of the waves in light and in dark, told apart by people who see red and green alike. */
export const waveColours = [
  { light: "#2a78d6", dark: "#4c93e6" },
  { light: "#0e9a6c", dark: "#23a67a" },
  { light: "#c25a1e", dark: "#e07a45" },
  { light: "#6a4fc4", dark: "#9b8cf0" },
  { light: "#b0437f", dark: "#dd6ba4" },
  { light: "#8a6d00", dark: "#c9a227" },
  { light: "#0f7f92", dark: "#3fb3c6" },
  { light: "#4d7a1c", dark: "#86b04e" },
] as const;

/** Place of a wave in {@link waveColours}; a plan of more waves begins again. */
export function waveColour(waveIndex: number): number {
  return waveIndex % waveColours.length;
}

const light = {
  page: "#f6f7f9",
  surface: "#ffffff",
  sunken: "#f0f2f5",
  ink: "#14181f",
  "ink-soft": "#4c5563",
  "ink-faint": "#626c7a",
  line: "#dde1e7",
  "line-soft": "#ebeef2",
  quiet: "#7d8795",
  good: "#0b6b3f",
  "good-soft": "#e2f4ea",
  warning: "#7d4b00",
  "warning-soft": "#fdf0d5",
  bad: "#b3201f",
  "bad-soft": "#fdeaea",
  accent: "#2a78d6",
} as const;

const dark: Record<keyof typeof light, string> = {
  page: "#0f1216",
  surface: "#171b21",
  sunken: "#1f242c",
  ink: "#eceff3",
  "ink-soft": "#b4bcc8",
  "ink-faint": "#929caa",
  line: "#303742",
  "line-soft": "#252b34",
  quiet: "#7f8998",
  good: "#5fd39a",
  "good-soft": "#12301f",
  warning: "#f2bd5c",
  "warning-soft": "#362709",
  bad: "#ff8a85",
  "bad-soft": "#3a1616",
  accent: "#4c93e6",
};

/** Custom properties of one scheme, for a `:root` or an `svg` rule. */
function customProperties(scheme: "light" | "dark"): string {
  const named = Object.entries(scheme === "light" ? light : dark).map(
    ([name, value]) => `--${name}:${value}`,
  );
  const waves = waveColours.map((colour, index) => `--wave-${index}:${colour[scheme]}`);
  return [...named, ...waves].join(";");
}

/** Light by default and on paper, dark where the reader's screen is. */
export function schemeRules(selector: string): string {
  return [
    `${selector}{${customProperties("light")};color-scheme:light dark}`,
    `@media screen and (prefers-color-scheme:dark){${selector}{${customProperties("dark")}}}`,
  ].join("\n");
}
