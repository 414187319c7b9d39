import type { Price } from "./prices/price.js";
import type { CostedResource, Reading, Stack } from "./resources.js";

/** Something that a resource is charged for. */
export type Finding =
  | {
      readonly kind: "due";
      readonly service: string;
      readonly what: string;
      /** Absent where the table holds none. */
      readonly price: Price | undefined;
      readonly quantity: number;
      /** How much it is in a failover, where that differs. */
      readonly inFailover?: number;
      /** Where it is charged, if not in the Region of the resource. */
      readonly region?: string;
    }
  | {
      readonly kind: "by-use";
      readonly service: string;
      readonly what: string;
      readonly price: Price | undefined;
      readonly region?: string;
    };

/** What a resource of one type is charged for. */
export type Assess = (
  reading: Reading,
  resource: CostedResource,
  stack: Stack,
) => readonly Finding[];

/** Assessments by type token. */
export type Assessments = Readonly<Record<string, Assess>>;

type Due = Extract<Finding, { kind: "due" }>;

/** So many of something that is charged by time. */
export function due(
  service: string,
  what: string,
  price: Price | undefined,
  quantity: number,
  more: Pick<Due, "inFailover" | "region"> = {},
): Finding {
  return { kind: "due", service, what, price, quantity, ...more };
}

/** Something that is charged by a use that no program declares. */
export function byUse(
  service: string,
  what: string,
  price?: Price,
  more: Pick<Due, "region"> = {},
): Finding {
  return { kind: "by-use", service, what, price, ...more };
}

/** An assessment that is the same for every resource of its type. */
export function always(...findings: readonly Finding[]): Assess {
  return () => findings;
}
