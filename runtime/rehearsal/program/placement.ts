import type { Properties } from "./sdk.js";
import { knownText } from "./wire.js";

/** Where a resource would live, as far as its provider and its own `region` say. */
export interface Placement {
  readonly account?: string;
  readonly region?: string;
}

/** Places a resource: its own `region` beats its provider's; the account is its provider's. */
export function placementOf(inputs: Properties, provider: Placement): Placement {
  const region = knownText(inputs.region) ?? provider.region;
  return { ...provider, ...(region === undefined ? {} : { region }) };
}

/** Account and Region that a provider acts in: its only allowed account, or that of the last role it assumes. */
export function providerPlacement(inputs: Properties): Placement {
  const account =
    onlyAllowedAccount(inputs.allowedAccountIds) ?? assumedAccount(inputs.assumeRoles);
  const region = knownText(inputs.region);
  return { ...(account ? { account } : {}), ...(region ? { region } : {}) };
}

/** Tags that a provider gives all its resources. */
export function defaultTags(inputs: Properties): Properties {
  const given = parsed(inputs.defaultTags) as { readonly tags?: Properties } | undefined;
  return given?.tags ?? {};
}

function onlyAllowedAccount(value: unknown): string | undefined {
  const accounts = parsed(value);
  return Array.isArray(accounts) && accounts.length === 1 ? knownText(accounts[0]) : undefined;
}

function assumedAccount(value: unknown): string | undefined {
  const roles = parsed(value);
  if (!Array.isArray(roles)) return undefined;
  const last: unknown = roles.at(-1);
  const arn = (last as { readonly roleArn?: unknown } | undefined)?.roleArn;
  return knownText(arn)?.split(":")[4];
}

/** A provider's arguments that are no text arrive as JSON in a string. */
function parsed(value: unknown): unknown {
  const text = knownText(value);
  if (text === undefined) return value;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
