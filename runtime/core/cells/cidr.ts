/** A range of IPv4 addresses: those that share the leading bits of the first one. */
export interface Cidr {
  /** The first address, as a number of 32 bits. */
  readonly first: number;
  readonly prefixBits: number;
}

const form = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** Reads `10.0.0.0/16`; nothing for what is no range, or does not begin at its first address. */
export function parseCidr(text: string): Cidr | undefined {
  const [, ...numbers] = (form.exec(text) ?? []).map(Number);
  const [prefixBits = 33] = numbers.splice(4);
  if (prefixBits > 32 || numbers.some((octet) => octet > 255)) return undefined;
  const first = numbers.reduce((address, octet) => address * 256 + octet, 0);
  const cidr = { first, prefixBits };
  return first % addressesIn(cidr) === 0 ? cidr : undefined;
}

/** Whether some address lies in both ranges. */
export function overlap(one: Cidr, other: Cidr): boolean {
  return one.first <= lastOf(other) && other.first <= lastOf(one);
}

export function addressesIn({ prefixBits }: Cidr): number {
  return 2 ** (32 - prefixBits);
}

function lastOf(cidr: Cidr): number {
  return cidr.first + addressesIn(cidr) - 1;
}
