/** How letters are set. */
export interface Setting {
  readonly sizePixels: number;
  readonly isBold?: boolean;
}

/** Letters of about one width, in parts of their size; what is in no class counts as the widest. */
const letterClasses = [
  [/[ijl.,:;|'!()[\]{} \u00a0·/\\-]/, 0.4],
  [/[frt"*]/, 0.47],
  [/[a-hknopqsuvxyz\d_$?#]/, 0.64],
  [/[A-LN-VX-Z&+~<>=–]/, 0.76],
  [/[mwMW@%→←↔≈×≤≥…—]/, 1],
] as const;

const boldFactor = 1.1;

/**
 * How wide a text stands at most. The widths are those of a wide face (DejaVu Sans), so that nothing
 * is cut in whatever face a reader's machine puts in its place.
 */
export function textWidth(text: string, { sizePixels, isBold = false }: Setting): number {
  const letters = Array.from(text, (letter) => {
    const [, width] = letterClasses.find(([letters]) => letters.test(letter)) ?? [undefined, 1.1];
    return width;
  });
  const sum = letters.reduce<number>((total, width) => total + width, 0);
  return sum * sizePixels * (isBold ? boldFactor : 1);
}

/** A text in as many lines as fit a width: broken at spaces, within a word only where it must be. */
export function wrapped(text: string, widthPixels: number, setting: Setting): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((one) => fitting(one, widthPixels, setting))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer, setting) <= widthPixels) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** A word in pieces that fit. */
function fitting(word: string, widthPixels: number, setting: Setting): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const letter of word) {
    if (piece !== "" && textWidth(piece + letter, setting) > widthPixels) {
      pieces.push(piece);
      piece = "";
    }
    piece += letter;
  }
  return [...pieces, piece];
}
