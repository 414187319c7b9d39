import type { Principal } from "../services/service.js";
import type { PrincipalElement } from "./document.js";

/** Who is asked about: a session of a role, or an AWS service. */
export type Asking = Principal | { readonly service: string };

/**
 * How closely a policy names who asks. An account's name hands the decision to that account, whose
 * own policies must then allow it; the other ways grant by themselves.
 */
export type Naming = "session" | "role" | "anybody" | "account" | "service";

/** How a Principal element names who asks; nothing when it does not. */
export function namingOf(
  element: PrincipalElement | undefined,
  asking: Asking,
): Naming | undefined {
  if (element === "*") return "anybody";
  const { AWS: names = [], Service: services = [] } = element ?? {};
  if ("service" in asking) return services.includes(asking.service) ? "service" : undefined;
  const { account, arn, roleArn } = asking;
  if (names.includes(arn)) return "session";
  if (names.includes(roleArn)) return "role";
  if (names.includes("*")) return "anybody";
  return names.some((name) => accountNamed(name) === account) ? "account" : undefined;
}

/** The names of a Principal element, for messages. */
export function principalText(element: PrincipalElement | undefined): string {
  if (element === "*") return "*";
  const { AWS: names = [], Service: services = [] } = element ?? {};
  return [...names, ...services].join(", ") || "nobody";
}

/** An account is named by its id, or by the ARN of its root. */
function accountNamed(name: string): string | undefined {
  if (/^\d{12}$/.test(name)) return name;
  return /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(name)?.[1];
}
