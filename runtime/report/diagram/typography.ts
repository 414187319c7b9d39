import type { TextStyle } from "./scene.js";
import { type Setting, textWidth, wrapped } from "./text.js";

/** How each style is set, and the distance of its base lines, pixels. */
export const typography = {
  heading: { sizePixels: 18, isBold: true, linePixels: 24 },
  region: { sizePixels: 15, isBold: true, linePixels: 20 },
  name: { sizePixels: 13, isBold: true, linePixels: 17 },
  fact: { sizePixels: 11.5, isBold: false, linePixels: 15.5 },
  note: { sizePixels: 11, isBold: false, linePixels: 14.5 },
  group: { sizePixels: 11, isBold: true, linePixels: 15 },
} as const satisfies Readonly<Record<TextStyle, Setting & { readonly linePixels: number }>>;

/** Lines of a text in a style. */
export function linesOf(text: string, style: TextStyle, widthPixels: number): readonly string[] {
  return wrapped(text, widthPixels, typography[style]);
}

export function widthOf(text: string, style: TextStyle): number {
  return textWidth(text, typography[style]);
}
