import type { PolicyProviderResource } from "@pulumi/policy";
import { known, UNKNOWN } from "./known.js";

/**
 * The account that an AWS provider acts in: its only allowed one, or that of the last role it
 * assumes. `UNKNOWN` for a provider that names neither, as the default one.
 */
export function accountOf(provider: PolicyProviderResource | undefined): string | typeof UNKNOWN {
  const allowed = list(known(() => provider?.props.allowedAccountIds));
  if (allowed.length === 1) return String(allowed[0]);
  const roles = list(known(() => provider?.props.assumeRoles));
  const last = roles.at(-1) as { readonly roleArn?: string } | undefined;
  return last?.roleArn?.split(":")[4] ?? UNKNOWN;
}

/** Arguments of a provider that are no text arrive as JSON in a string. */
function list(value: unknown): readonly unknown[] {
  try {
    const parsed: unknown = typeof value === "string" ? JSON.parse(value) : value;
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
