import { type Instant, plusSeconds } from "../../core/instant.js";
import type { NewId } from "../../core/ports.js";
import { parseArn } from "./arns.js";
import { base32Of, hexOf } from "./hashing.js";
import type { Principal } from "./service.js";

/** Temporary credentials of a session. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: Instant;
}

/** A key that may sign. */
export interface ValidKey {
  readonly kind: "valid";
  readonly principal: Principal;
  /** What must come with it; anything may, or nothing, where absent. */
  readonly sessionToken?: string;
}

/** Whose a key is at a moment. */
export type KeyHolder = ValidKey | { readonly kind: "expired" } | { readonly kind: "unknown" };

/** Role sessions and their keys, for the gateway that recognises them and for STS that issues them. */
export interface Sessions {
  /** Opens a session of a role. Throws when `roleArn` is no role's ARN. */
  issue(roleArn: string, sessionName: string, now: Instant, durationSeconds: number): Credentials;
  principalOf(accessKeyId: string, now: Instant): KeyHolder;
}

interface Session {
  readonly principal: Principal;
  readonly credentials: Credentials;
}

/** Keeps sessions in memory. Keys follow from the role, the session's name, the moment and `newId` alone. */
export function createSessions({ newId }: { readonly newId: NewId }): Sessions {
  const sessions = new Map<string, Session>();
  return {
    issue(roleArn, sessionName, now, durationSeconds) {
      const principal = principalOfRole(roleArn, sessionName);
      const origin = [roleArn, sessionName, now, newId()];
      const credentials = {
        accessKeyId: `ASIA${base32Of(16, "key", ...origin)}`,
        secretAccessKey: hexOf("secret", ...origin).slice(0, 40),
        sessionToken: Buffer.from(hexOf("token", ...origin)).toString("base64"),
        expiresAt: plusSeconds(now, durationSeconds),
      };
      sessions.set(credentials.accessKeyId, { principal, credentials });
      return credentials;
    },
    principalOf(accessKeyId, now) {
      const session = sessions.get(accessKeyId);
      if (!session) return { kind: "unknown" };
      if (now >= session.credentials.expiresAt) return { kind: "expired" };
      const { sessionToken } = session.credentials;
      return { kind: "valid", principal: session.principal, sessionToken };
    },
  };
}

/** The principal that a session of this role acts as. The role's path is not part of it. */
export function principalOfRole(roleArn: string, sessionName: string): Principal {
  const parts = parseArn(roleArn);
  const role = /^role\/(?:.*\/)?([^/]+)$/.exec(parts?.resource ?? "")?.[1];
  if (parts?.service !== "iam" || !role) {
    throw new Error(`roleArn must be the ARN of an IAM role, got "${roleArn}".`);
  }
  const { partition, account } = parts;
  const arn = `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName}`;
  return { account, arn, roleArn };
}
