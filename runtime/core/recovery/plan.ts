import type { Lane } from "../lane.js";

/** Tags a server must carry, all of them, to be selected. An empty record selects every server. */
export type TagSelector = Readonly<Record<string, string>>;

/** Part of a protection group: servers of one lane, by tags or by name. Exactly one of the two is given. */
export interface GroupMember extends Lane {
  readonly tags?: TagSelector;
  /** Ids of source servers (`s-…`). */
  readonly servers?: readonly string[];
}

/** Servers that are protected together. May span accounts and Regions. */
export interface ProtectionGroup {
  readonly name: string;
  readonly members: readonly GroupMember[];
}

/** One step of a plan: servers of a group that may start as soon as the waves it depends on have launched. */
export interface Wave {
  readonly name: string;
  readonly group: string;
  /** Narrows the group further. */
  readonly tags?: TagSelector;
  /** Narrows the group to these ids. */
  readonly servers?: readonly string[];
  readonly dependsOn: readonly string[];
  /** Servers whose failure never holds anything back. */
  readonly optional?: { readonly tags: TagSelector };
  readonly failedAtMostPercent: number;
  readonly deadlineMinutes: number;
  readonly expectedLaunchSeconds: number;
}

export interface Objectives {
  readonly rtoMinutes: number;
  readonly rpoMinutes: number;
}

/** What is recovered, in which order, and how fast it must be. Stored as it stands in the hub's table. */
export interface RecoveryPlan {
  readonly name: string;
  readonly objectives: Objectives;
  readonly waves: readonly Wave[];
  /** Room of each lane that the plan leaves to others. */
  readonly reserve: { readonly jobs: number; readonly servers: number };
  readonly pacingSeconds: number;
}

/** A plan or group with the revision under which the hub's table holds it. */
export interface Revised<T> {
  readonly revision: number;
  /** `pulumi` documents are changed by a deployment alone. */
  readonly managedBy: "pulumi" | "operator";
  readonly document: T;
}

/** A server of a plan, as resolved when an execution was prepared. Immutable from then on. */
export interface Member {
  readonly server: string;
  readonly wave: string;
  readonly application?: string;
  /** A critical server that fails holds back the waves that depend on its own. */
  readonly critical: boolean;
  readonly expectedLaunchSeconds: number;
  /** Why it cannot be launched at all, as seen when the execution was prepared. */
  readonly notReady?: string;
  /** Launch time of the real recovery instance that it had when the execution was prepared, epoch ms. */
  readonly recoveredAt?: number;
}
