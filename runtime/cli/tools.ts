import type { Environment } from "../environment/schema.js";
import type { RehearsalCase } from "../rehearsal/campaign/case.js";
import type { CampaignDocument } from "../rehearsal/campaign/document.js";
import type { CaseResult } from "../rehearsal/campaign/result.js";
import type { RehearsalDocument } from "../rehearsal/document.js";
import type { ClockChoice } from "../rehearsal/emulator/world.js";
import type { FaultProfile } from "../rehearsal/faults/profile.js";
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

/** What a program said while it ran. */
export interface ProgramMessage {
  readonly severity: "warning" | "error";
  readonly text: string;
  /** Resource that it is about. */
  readonly urn?: string;
}

/** What a preview of the environment's program would register, and what the policies say to it. */
export interface PreviewedProgram {
  readonly succeeded: boolean;
  readonly resources: readonly RegisteredResource[];
  readonly messages: readonly ProgramMessage[];
  readonly violations: readonly PolicyViolation[];
}

/** A Pulumi project of one's own, and what it needs to be run here. */
export interface ProjectRequest {
  /** Folder of its `Pulumi.yaml`. */
  readonly directory: string;
  /** Stack whose configuration is taken; not needed where the project has one. */
  readonly stack?: string;
  /** Outputs of other stacks, by the name that a StackReference has. */
  readonly stackOutputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** How a plan is rehearsed, whoever declares it. */
export interface RehearsalOptions {
  readonly kind: "drill" | "recovery";
  readonly seed: number;
  /** A fleet file or an environment file, whose servers take the place of those that are declared. */
  readonly fleetFile?: string;
  /** Servers that somebody else's job holds when the execution begins. */
  readonly strangers?: Strangers;
  /** What goes wrong meanwhile. */
  readonly faults?: FaultProfile;
  readonly onProgress: (progress: RehearsalProgress) => void;
}

/** One rehearsal of one plan of an environment. */
export interface RehearsalRequest extends RehearsalOptions {
  readonly environment: Environment;
  readonly environmentFile: string;
  readonly plan: string;
}

/** One rehearsal of one plan of a hub that a project registers. */
export interface ProjectRehearsalRequest extends RehearsalOptions {
  readonly project: ProjectRequest;
  /** Not needed where the project has one hub. */
  readonly hub?: string;
  /** Not needed where the hub has one plan. */
  readonly plan?: string;
}

/** Whose plans a campaign rehearses. */
export type CampaignSubject =
  | { readonly environment: Environment; readonly environmentFile: string }
  | { readonly project: ProjectRequest; readonly hub?: string };

/** A program whose resources are wanted. */
export type RegisteredProgram =
  | { readonly environment: Environment; readonly environmentFile: string }
  | { readonly project: ProjectRequest };

/** Many rehearsals of an estate, each of another seed. */
export interface CampaignRequest {
  readonly subject: CampaignSubject;
  readonly runs: number;
  readonly firstSeed: number;
  /** One plan instead of all. */
  readonly plan?: string;
  /** What goes wrong in every case; drawn for each where absent. */
  readonly faults?: FaultProfile;
  /** Where smaller cases of those that fail are written. */
  readonly failuresFolder: string;
  /** The command that runs the case of a seed again. */
  readonly commandOf: (seed: number) => string;
  readonly onCase: (one: RehearsalCase, result: CaseResult) => void;
}

/** One case of a campaign, rehearsed again. */
export interface CaseRequest {
  readonly subject: CampaignSubject;
  readonly case: RehearsalCase;
  readonly onProgress: (progress: RehearsalProgress) => void;
}

/** An emulator that is wanted. */
export interface EmulationRequest {
  /** A fleet file or an environment file. */
  readonly fleetFile: string;
  readonly port: number;
  readonly host: string;
  readonly seed: number;
  readonly clock: ClockChoice;
  /** Epoch milliseconds; the present when absent. */
  readonly startAtMs?: number;
  readonly account?: string;
}

/** An emulator that answers until it is closed. */
export interface RunningEmulation {
  readonly url: string;
  /** Address of its control endpoint. */
  readonly control: string;
  readonly account: string;
  /** Environment of its clients. */
  readonly variables: Readonly<Record<string, string>>;
  /** What is emulated, in a few words. */
  readonly summary: string;
  close(): Promise<void>;
}

/** What the commands call on. The real ones do the work; tests bring their own. */
export interface Tools {
  load(file: string): Promise<LoadedFile>;
  /** Policy packs by their folders; by default those of this package. */
  preview(
    file: string,
    environment: Environment,
    packs?: readonly string[],
  ): Promise<PreviewedProgram>;
  previewProject(project: ProjectRequest, packs?: readonly string[]): Promise<PreviewedProgram>;
  /** What a program registers. Fails with its errors where it does. */
  registered(program: RegisteredProgram): Promise<readonly RegisteredResource[]>;
  rehearse(request: RehearsalRequest): Promise<RehearsalDocument>;
  rehearseProject(request: ProjectRehearsalRequest): Promise<RehearsalDocument>;
  campaign(request: CampaignRequest): Promise<CampaignDocument>;
  rehearseCase(request: CaseRequest): Promise<RehearsalDocument>;
  emulate(request: EmulationRequest): Promise<RunningEmulation>;
  /** Settles when somebody wants the process to end; from its call on, it ends no more by itself. */
  untilInterrupted(): Promise<void>;
}
