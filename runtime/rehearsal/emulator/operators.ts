import type { Clock, NewId } from "../../core/ports.js";
import { createSessions, principalOfRole, type Sessions } from "../services/sessions.js";

export interface OperatorSessionsOptions {
  /** Account of every key that nobody issued, unless it is an account id itself. */
  readonly account: string;
  readonly newId: NewId;
  /**
   * Credentials last as long as they say by the clock of the client, whatever the emulated time is:
   * an SDK renews them by its own.
   */
  readonly realTime: Clock;
}

/**
 * Sessions where every key is good: one that STS issued here is its role's, any other is an
 * operator's, of the account whose id it is, or else of the default one.
 */
export function createOperatorSessions(options: OperatorSessionsOptions): Sessions {
  const { account, newId, realTime } = options;
  const issued = createSessions({ newId });
  return {
    issue: (roleArn, sessionName, _now, durationSeconds) =>
      issued.issue(roleArn, sessionName, realTime.now(), durationSeconds),
    principalOf(accessKeyId) {
      const holder = issued.principalOf(accessKeyId, realTime.now());
      if (holder.kind !== "unknown") return holder;
      const home = /^\d{12}$/.test(accessKeyId) ? accessKeyId : account;
      const roleArn = `arn:aws:iam::${home}:role/operator`;
      return { kind: "valid", principal: principalOfRole(roleArn, accessKeyId) };
    },
  };
}
