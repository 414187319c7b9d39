import type { Environment } from "../environment/schema.js";
import type { RehearsalDocument } from "../rehearsal/document.js";
import type { RehearsalProgress } from "../rehearsal/observer/progress.js";
import type { RegisteredResource } from "../rehearsal/program/registered.js";
import type { Strangers } from "../rehearsal/strangers.js";

/** An environment file that was read, or what is wrong with it. */
export type LoadedFile =
  | { readonly environment: Environment }
  | { readonly problems: readonly unknown[]; readonly details: string };

/** What a policy says about a program's resources. */
export interface PolicyViolation {
  readonly pack: string;
  readonly policy: string;
  readonly level: "mandatory" | "advisory";
  readonly message: string;
  readonly urn?: string;
}

/** What a preview of the environment's program would register, and what the policies say to it. */
export interface PreviewedProgram {
  readonly succeeded: boolean;
  readonly resources: readonly RegisteredResource[];
  readonly messages: readonly { readonly severity: "warning" | "error"; readonly text: string }[];
  readonly violations: readonly PolicyViolation[];
}

/** One rehearsal of one plan. */
export interface RehearsalRequest {
  readonly environment: Environment;
  readonly environmentFile: string;
  readonly plan: string;
  readonly kind: "drill" | "recovery";
  readonly seed: number;
  /** Servers that somebody else's job holds when the execution begins. */
  readonly strangers?: Strangers;
  readonly onProgress: (progress: RehearsalProgress) => void;
}

/** What the commands call on. The real ones do the work; tests bring their own. */
export interface Tools {
  load(file: string): Promise<LoadedFile>;
  preview(file: string, environment: Environment): Promise<PreviewedProgram>;
  rehearse(request: RehearsalRequest): Promise<RehearsalDocument>;
}
