import { createHash } from "node:crypto";
import jsonata from "jsonata";
import type { Clock } from "../../core/instant.js";
import type { Json } from "./json.js";

/** Where expressions take time, chance and ids from. */
export interface ExpressionSources {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly newId: () => string;
}

const hashes = new Map([
  ["MD5", "md5"],
  ["SHA-1", "sha1"],
  ["SHA-256", "sha256"],
  ["SHA-384", "sha384"],
  ["SHA-512", "sha512"],
]);

/**
 * The functions that Step Functions adds to JSONata, and those of JSONata that must not see the
 * real clock or real chance. `$eval` is not offered by Step Functions.
 */
export function stepFunctions(sources: ExpressionSources): Readonly<Record<string, unknown>> {
  const { clock, random, newId } = sources;
  const millis = (): number => clock.now();
  return {
    millis,
    now: (picture?: string, timezone?: string) =>
      jsonata("$fromMillis($moment, $picture, $timezone)").evaluate(undefined, {
        moment: millis(),
        picture,
        timezone,
      }),
    random: (seed?: number) => {
      if (seed === undefined) return random();
      throw new Error("$random with a seed is not emulated");
    },
    uuid: newId,
    hash,
    partition,
    range,
    parse: (text: string) => JSON.parse(text) as Json,
    eval: () => {
      throw new Error("Step Functions has no $eval");
    },
  };
}

function hash(text: string, algorithm = "SHA-256"): string {
  const name = hashes.get(algorithm);
  if (name === undefined) throw new Error(`$hash knows ${[...hashes.keys()].join(", ")}`);
  return createHash(name).update(text, "utf8").digest("hex");
}

function partition(values: readonly Json[], size: number): readonly (readonly Json[])[] {
  if (!Number.isInteger(size) || size < 1) throw new Error("$partition takes a size of 1 or more");
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

/** Both ends included. */
function range(first: number, last: number, step: number): readonly number[] {
  if (!Number.isFinite(step) || step === 0) throw new Error("$range takes a step other than 0");
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > 1000) throw new Error("$range makes at most 1000 numbers");
  return Array.from({ length }, (_, index) => first + index * step);
}
