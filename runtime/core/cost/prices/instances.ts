import type { Price } from "./price.js";
import { sources } from "./sources.js";

/** Dollars an hour of the size `large` of a family, in N. Virginia. */
const large: Readonly<Record<string, number>> = {
  t3: 0.0832,
  t4g: 0.0672,
  m5: 0.096,
  m6a: 0.0864,
  m6g: 0.077,
  m6i: 0.096,
  m7a: 0.11592,
  m7g: 0.0816,
  m7i: 0.1008,
  c5: 0.085,
  c6g: 0.068,
  c6i: 0.085,
  c7g: 0.0725,
  c7i: 0.08925,
  r5: 0.126,
  r6g: 0.1008,
  r6i: 0.126,
  r7g: 0.1071,
  r7i: 0.1323,
};

/** In these families a size asks for as much as it is larger. */
const larges: Readonly<Record<string, number>> = {
  large: 1,
  xlarge: 2,
  "2xlarge": 4,
  "4xlarge": 8,
  "8xlarge": 16,
  "12xlarge": 24,
  "16xlarge": 32,
};

const smallSizes: Readonly<Record<string, number>> = {
  nano: 1 / 16,
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
};

const familiesWithSmallSizes: ReadonlySet<string> = new Set(["t3", "t4g"]);

/** A Linux instance on demand; nothing where the table does not hold its type. */
export function linuxInstance(instanceType: string): Price | undefined {
  const [family = "", size = ""] = instanceType.split(".");
  const small = familiesWithSmallSizes.has(family) ? smallSizes[size] : undefined;
  const [base, times] = [large[family], larges[size] ?? small];
  if (base === undefined || times === undefined) return undefined;
  return { dollars: { "us-east-1": base * times }, per: "hour", source: sources.instances };
}
