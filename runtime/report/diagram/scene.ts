/** Whose a box is: decides its colour. */
export type Tone = "region" | "traffic" | "compute" | "network" | "data" | "watching" | "outside";

/** What an edge tells: a copy of data, one that leaves the law of the cell, traffic, a watch, a plain tie. */
export type EdgeStyle = "copy" | "leaves" | "turns" | "watches" | "tie";

/** How a text is set; sizes and weights are in `typography`. */
export type TextStyle = "heading" | "region" | "name" | "fact" | "note" | "group";

/** A line of text; `y` is its base line. */
export interface Text {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly style: TextStyle;
  /** @defaultValue "start" */
  readonly anchor?: "start" | "middle" | "end";
  readonly isAlert?: boolean;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What stands now of what may stand, with a mark in between. */
export interface Meter extends Rectangle {
  readonly share: number;
  readonly markShares: readonly number[];
}

/** How a widget shows what it shows. */
export type Glyph = "lines" | "bars" | "gauge" | "number" | "table" | "alarm" | "text";

/** A thing with its texts inside. */
export interface Box extends Rectangle {
  readonly key: string;
  readonly tone: Tone;
  /** What a pointer shows. */
  readonly title: string;
  readonly texts: readonly Text[];
  readonly meters: readonly Meter[];
  /** A sign in its upper right corner. */
  readonly glyph?: Glyph;
}

/** A ground on which boxes stand. */
export interface Frame extends Rectangle {
  readonly kind: "zone" | "region";
}

export type Point = readonly [x: number, y: number];

/** A line from one box to another; boxes by their keys. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly style: EdgeStyle;
  readonly isTwoWay: boolean;
  readonly points: readonly Point[];
  readonly texts: readonly Text[];
  readonly title: string;
}

/** A sample of the legend. */
export interface Sample {
  readonly x: number;
  readonly y: number;
  readonly looks: EdgeStyle | "meter";
  readonly text: Text;
}

/** A picture in numbers: everything that is drawn, and where. */
export interface Scene {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly frames: readonly Frame[];
  readonly texts: readonly Text[];
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
  readonly samples: readonly Sample[];
}
