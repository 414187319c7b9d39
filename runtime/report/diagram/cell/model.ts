import type { EdgeKind } from "../../../core/cells/edges/declared-edge.js";

/** What the rows of the picture are about, from top to bottom. */
export const groups = ["traffic", "network", "compute", "data", "watching"] as const;

export type Group = (typeof groups)[number];

/** How many run while nothing has happened, and how many when a Region serves alone. */
export interface Capacity {
  readonly unit: string;
  readonly resting: number;
  readonly normal: number;
  readonly failover: number;
}

/** What one component is in one Region. */
export interface Card {
  readonly title: string;
  readonly facts: readonly string[];
  readonly capacity?: Capacity;
  /** What it stands for: its registered resources there, by type. */
  readonly resources: Readonly<Record<string, number>>;
}

/** What goes from Region to Region in a row. */
export interface Link {
  readonly kind: EdgeKind | "peering" | "watch";
  /** A Region; nothing where nobody knows it before the deployment. */
  readonly from?: string;
  readonly to?: string;
  readonly isTwoWay: boolean;
  readonly lines: readonly string[];
  /** Whether data comes from outside of the residency zone, goes there, or goes nobody knows where. */
  readonly isOutside: boolean;
}

/** One component in both Regions. */
export interface Row {
  readonly key: string;
  readonly group: Group;
  readonly order: number;
  readonly cards: Readonly<Record<string, Card>>;
  readonly links: readonly Link[];
}

/** What turns the clients of a name. It lies in no Region. */
export interface Turn {
  readonly key: string;
  readonly title: string;
  readonly facts: readonly string[];
  /** What leads to each Region, in one or two words. */
  readonly ways: Readonly<Record<string, string>>;
  /** What it stands for: its registered resources, by type. */
  readonly resources: Readonly<Record<string, number>>;
}

/** A pair of Regions, and everything that is registered in them. */
export interface TwoRegions {
  readonly title: string;
  readonly subtitle: string;
  readonly regions: readonly { readonly name: string; readonly role: string }[];
  readonly ground: string;
  readonly turns: readonly Turn[];
  readonly rows: readonly Row[];
  /** For each Region, what is registered there and not drawn, by type. */
  readonly others: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
