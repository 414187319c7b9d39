import { z } from "zod";
import type { ProtectionGroup, RecoveryPlan } from "../core/recovery/plan.js";
import type { RegisteredResource } from "./program/registered.js";

const hubSchema = z.object({
  environment: z.string(),
  account: z.string(),
  homeRegion: z.string(),
  groupsTable: z.string(),
  plansTable: z.string(),
  executionFunctionArn: z.string(),
  recoverPlanArn: z.string(),
  recoverLaneArn: z.string(),
});

const spokeSchema = z.object({
  environment: z.string(),
  hubAccount: z.string(),
  account: z.string(),
  accountName: z.string(),
  lanes: z.array(z.object({ region: z.string(), declaredServers: z.number() })),
});

const publisherSchema = z.object({
  environment: z.string(),
  account: z.string(),
  functionArn: z.string(),
});

/** A hub as its component tells of it. */
export type DeployedHub = z.infer<typeof hubSchema> & { readonly name: string };

/** An account that a hub acts in, as its component tells of it. */
export type DeployedSpoke = z.infer<typeof spokeSchema>;

/** A hub of a program, and the accounts that it acts in. */
export interface Deployment {
  readonly hub: DeployedHub;
  readonly spokes: readonly DeployedSpoke[];
  /** ARN of the function that counts its lanes, where there is one. */
  readonly publisherArn?: string;
}

const hubType = "aws-dr:recovery:OrchestrationHub";
const spokeType = "aws-dr:recovery:SpokeAccount";
const publisherType = "aws-dr:capacity:CapacityPublisher";

/**
 * Finds a hub among what a program registered: the one of that name, Pulumi's or its environment's,
 * or the only one. Throws where there is none or the choice is open.
 */
export function deploymentOf(resources: readonly RegisteredResource[], named?: string): Deployment {
  const hubs = contractsOf(resources, hubType, hubSchema);
  const chosen = hubs.filter(
    ({ name, environment }) => named === undefined || named === name || named === environment,
  );
  const [hub, ...others] = chosen;
  if (hub === undefined || others.length > 0) throw new Error(choiceOf(hubs, named));
  requireAccount(resources, hub);
  const spokes = contractsOf(resources, spokeType, spokeSchema).filter(
    ({ environment, hubAccount }) => environment === hub.environment && hubAccount === hub.account,
  );
  const publisher = contractsOf(resources, publisherType, publisherSchema).find(
    ({ environment, account }) => environment === hub.environment && account === hub.account,
  );
  return { hub, spokes, ...(publisher && { publisherArn: publisher.functionArn }) };
}

/** The plans and groups that the program puts into the hub's tables. */
export interface DeployedLibrary {
  readonly plans: readonly RecoveryPlan[];
  readonly groups: readonly ProtectionGroup[];
}

export function libraryOf(
  resources: readonly RegisteredResource[],
  { hub }: Deployment,
): DeployedLibrary {
  const items = resources.filter(
    ({ type, account, region }) =>
      type === "aws:dynamodb/tableItem:TableItem" &&
      account === hub.account &&
      region === hub.homeRegion,
  );
  return {
    plans: documentsIn<RecoveryPlan>(items, hub.plansTable),
    groups: documentsIn<ProtectionGroup>(items, hub.groupsTable),
  };
}

function contractsOf<Schema extends z.ZodObject>(
  resources: readonly RegisteredResource[],
  wanted: string,
  schema: Schema,
): readonly (z.infer<Schema> & { readonly name: string })[] {
  return resources
    .filter(({ type }) => type === wanted)
    .map(({ urn, name, outputs }) => {
      const parsed = schema.safeParse(outputs);
      if (parsed.success) return { ...parsed.data, name };
      throw new Error(
        `${urn} must tell what it is, to be rehearsed: ${z.prettifyError(parsed.error)}. Deploy it with the version of pulumi-aws-dr that rehearses it.`,
      );
    });
}

function choiceOf(hubs: readonly DeployedHub[], named: string | undefined): string {
  const got = named === undefined ? "nothing" : JSON.stringify(named);
  if (hubs.length === 0) {
    return "The program must register an OrchestrationHub to be rehearsed, got none. Rehearse the program that deploys the hub.";
  }
  const names = hubs.map(({ name }) => name).join(", ");
  return `--hub must be one of the hubs of the program, got ${got}. Choose one of: ${names}.`;
}

/** Emulated AWS is many accounts: what lives in none of them cannot be found in it. */
function requireAccount(resources: readonly RegisteredResource[], hub: DeployedHub): void {
  const { plansTable, account, name } = hub;
  const table = resources.find(
    ({ type, inputs }) => type === "aws:dynamodb/table:Table" && inputs.name === plansTable,
  );
  if (table === undefined || table.account === account) return;
  const got = table.account === undefined ? "no account" : `account ${table.account}`;
  throw new Error(
    `The provider of hub "${name}" must act in account ${account}, got ${got}. Give its provider allowedAccountIds, or set aws:allowedAccountIds in the stack's configuration.`,
  );
}

const itemSchema = z.object({ document: z.object({ S: z.string() }) });

function documentsIn<T>(items: readonly RegisteredResource[], table: string): readonly T[] {
  return items
    .filter(({ inputs }) => inputs.tableName === table)
    .map(({ inputs }) => {
      const item = itemSchema.parse(JSON.parse(String(inputs.item)));
      return JSON.parse(item.document.S) as T;
    });
}
