import type { ScaleLinear } from "d3-scale";
import type { RehearsalDocument } from "../../rehearsal/document.js";
import { clockTime } from "../wording.js";
import { frame } from "./frame.js";

/** A moment that all lanes share: a vertical line with a flag on top. */
export interface Mark {
  readonly kind: "gate" | "recovered" | "objective";
  readonly label: string;
  /** Position in the plan of the wave whose gate it is. */
  readonly waveIndex?: number;
  readonly atSeconds: number;
  readonly x: number;
  readonly flag: { readonly x: number; readonly width: number; readonly row: number };
}

/** About the width of a bold letter of the flags, pixels. */
const letterWidth = 6.9;

/** Marks from left to right, their flags in as many rows as keep them apart. */
export function marksOf(
  document: RehearsalDocument,
  x: ScaleLinear<number, number>,
  endSeconds: number,
): readonly Mark[] {
  const rowEnds: number[] = [];
  return momentsOf(document, endSeconds).map((moment) => {
    const at = x(moment.atSeconds);
    const width = moment.label.length * letterWidth + 14;
    const left = Math.max(0, Math.min(at, frame.width - frame.right - width + 16));
    const free = rowEnds.findIndex((end) => end + 6 <= left);
    const row = free >= 0 ? free : rowEnds.length;
    rowEnds[row] = left + width;
    return { ...moment, x: at, flag: { x: left, width, row } };
  });
}

type Moment = Omit<Mark, "x" | "flag">;

function momentsOf(document: RehearsalDocument, endSeconds: number): readonly Moment[] {
  return [...gatesOf(document), ...endsOf(document, endSeconds)].sort(
    (a, b) => a.atSeconds - b.atSeconds,
  );
}

/** Gates as they were passed: the first start of each wave that waits for others. */
function gatesOf({ waves }: RehearsalDocument): readonly Moment[] {
  return waves.flatMap(({ wave, dependsOn, startedAtSeconds: atSeconds }, waveIndex): Moment[] =>
    dependsOn.length > 0 && atSeconds !== undefined
      ? [{ kind: "gate", label: `${wave} opens ${clockTime(atSeconds)}`, waveIndex, atSeconds }]
      : [],
  );
}

function endsOf(document: RehearsalDocument, endSeconds: number): readonly Moment[] {
  const { makespanSeconds, outcome, rtoMinutes } = document;
  const words = outcome === "cancelled" || outcome === "failed" ? "ended" : "recovered";
  const recovered: Moment = {
    kind: "recovered",
    label: `${words} ${clockTime(makespanSeconds)}`,
    atSeconds: makespanSeconds,
  };
  const rtoSeconds = (rtoMinutes ?? Number.POSITIVE_INFINITY) * 60;
  if (rtoSeconds > endSeconds) return [recovered];
  return [
    recovered,
    { kind: "objective", label: `objective ${clockTime(rtoSeconds)}`, atSeconds: rtoSeconds },
  ];
}
