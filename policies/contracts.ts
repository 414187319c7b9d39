import type {
  PolicyResource,
  ReportViolation,
  ResourceValidation,
  StackValidationArgs,
} from "@pulumi/policy";
import type { LaneKey } from "../runtime/core/lane.js";
import type { GroupMember, RecoveryPlan, Wave } from "../runtime/core/recovery/plan.js";
import { partlyKnown } from "./known.js";

/** What a component tells about itself, under its type token. At preview any part may be unknown. */
export interface ContractType<Contract> {
  readonly token: string;
  /** Holds the contract's type; never set. */
  readonly contract?: Contract;
}

export interface SpokeContract {
  readonly account: string;
  readonly accountName: string;
  readonly lanes?: readonly { readonly region: string; readonly declaredServers?: number }[];
  readonly warnAtServers?: number;
  readonly criticalAtServers?: number;
}

export interface GroupContract {
  readonly group: string;
  readonly members?: readonly GroupMember[];
}

export type WaveContract = Omit<Wave, "optional"> & {
  readonly expectedServers?: Readonly<Record<LaneKey, number>>;
};

export type PlanContract = Partial<
  Pick<RecoveryPlan, "objectives" | "reserve" | "pacingSeconds">
> & {
  readonly plan: string;
  readonly waves?: readonly WaveContract[];
  readonly drills?: readonly {
    readonly cron: string;
    readonly timezone: string;
    readonly cleanUp: boolean;
  }[];
};

export const spokeAccounts: ContractType<SpokeContract> = {
  token: "aws-dr:recovery:SpokeAccount",
};
export const protectionGroups: ContractType<GroupContract> = {
  token: "aws-dr:recovery:ProtectionGroup",
};
export const recoveryPlans: ContractType<PlanContract> = {
  token: "aws-dr:recovery:RecoveryPlan",
};

/** What each component of a cell tells about the cell. */
export interface CellContract {
  readonly environment: string;
  readonly cell: string;
  readonly account: string;
  readonly primaryRegion: string;
  readonly recoveryRegion: string;
}

/** A trail that is deployed elsewhere, by its ARN; none where the component makes one. */
export interface AuditTrailContract extends CellContract {
  readonly elsewhere?: string;
}

export const auditTrails: ContractType<AuditTrailContract> = {
  token: "aws-dr:watching:AuditTrail",
};

/** A validation of components of one type, by their contract. */
export function validateContract<Contract>(
  { token }: ContractType<Contract>,
  validate: (contract: Contract, report: ReportViolation) => void,
): ResourceValidation {
  return ({ type, props }, report) => {
    if (type === token) validate(props as Contract, report);
  };
}

/** The components of one type in a stack, each with its contract. */
export function contractsOf<Contract>(
  { resources }: StackValidationArgs,
  { token }: ContractType<Contract>,
): readonly { readonly resource: PolicyResource; readonly contract: Contract }[] {
  return resources
    .filter((resource) => resource.type === token)
    .map((resource) => ({ resource, contract: resource.props as Contract }));
}

/** The cells of a stack, each with the first of its components. */
export function cellsOf({ resources }: StackValidationArgs): readonly {
  readonly resource: PolicyResource;
  readonly contract: CellContract;
}[] {
  const found = new Map<string, { resource: PolicyResource; contract: CellContract }>();
  for (const resource of resources) {
    const contract = cellContractOf(resource);
    if (contract === undefined) continue;
    const key = [contract.account, contract.environment, contract.cell].join("/");
    if (!found.has(key)) found.set(key, { resource, contract });
  }
  return [...found.values()];
}

function cellContractOf({ type, props }: PolicyResource): CellContract | undefined {
  if (!type.startsWith("aws-dr:")) return undefined;
  const { environment, cell, account, primaryRegion, recoveryRegion } = partlyKnown(props);
  const contract = { environment, cell, account, primaryRegion, recoveryRegion };
  const isWhole = Object.values(contract).every((text) => typeof text === "string");
  return isWhole ? (contract as CellContract) : undefined;
}
