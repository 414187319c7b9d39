import { readMembers, text } from "../members.js";
import type { Call } from "../operation.js";
import { refusalAs } from "../refusal.js";

/** Source: API model, ClientIdempotencyToken. */
const clientToken = text({ max: 64 });

/**
 * What a call with its `clientToken` has made before, or makes now. A token is remembered as long as
 * what it made.
 */
export function onceByToken<T extends { readonly arn: string }>(
  { world, lane, body }: Call,
  operation: string,
  find: (arn: string) => T | undefined,
  make: () => T,
): T {
  const { clientToken: token } = readMembers(body, { clientToken });
  if (!token) return make();
  const { tokens } = lane.recoveryPlans;
  const key = `${operation} ${token}`;
  const request = JSON.stringify({ ...body, clientToken: token });
  const answered = tokens.get(key);
  const found = answered && find(answered.arn);
  if (found && answered.request === request) return found;
  if (found) {
    const message = `Client token ${token} was used for another request`;
    throw refusalAs(world.switches.planTokenReused, message, found.arn);
  }
  const made = make();
  tokens.set(key, { request, arn: made.arn });
  return made;
}
