import { createHash } from "node:crypto";

/** Hexadecimal digits that depend on all parts and on nothing else. */
export function hexOf(...parts: readonly (string | number)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** A number from 0 up to, but not including, 1 that depends on all parts and on nothing else. */
export function fractionOf(...parts: readonly (string | number)[]): number {
  return Number.parseInt(hexOf(...parts).slice(0, 12), 16) / 2 ** 48;
}

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Capitals and digits as AWS writes key ids with: one for every two hexadecimal digits of a hash. */
export function base32Of(length: number, ...parts: readonly (string | number)[]): string {
  const digits = hexOf(...parts);
  return Array.from({ length }, (_, index) => {
    const byte = Number.parseInt(digits.slice((index * 2) % 64, ((index * 2) % 64) + 2), 16);
    return base32[byte % base32.length];
  }).join("");
}
