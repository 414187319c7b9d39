import { z } from "zod";
import type { ProtectionGroup, RecoveryPlan } from "../core/recovery/plan.js";
import type { RegisteredResource } from "./program/registered.js";

const deploymentSchema = z.object({
  schemaVersion: z.literal(1),
  environment: z.string(),
  hub: z.object({
    account: z.string(),
    homeRegion: z.string(),
    functions: z.object({ execution: z.string() }),
    machines: z.object({ recoverPlan: z.string(), recoverLane: z.string() }),
    tables: z.object({ groups: z.string(), plans: z.string(), executions: z.string() }),
  }),
  spokes: z.array(
    z.object({ account: z.string(), lanes: z.array(z.object({ region: z.string() })) }),
  ),
});

/** What a rehearsal needs to know of the program's own output `disasterRecovery`. */
export type Deployment = z.infer<typeof deploymentSchema>;

/** Reads the root stack's output. Throws where the program has none, or another version's. */
export function deploymentOf(resources: readonly RegisteredResource[]): Deployment {
  const root = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  const parsed = deploymentSchema.safeParse(root?.outputs.disasterRecovery);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) =>
      `disasterRecovery${path.map((part) => `.${String(part)}`).join("")}: ${message}`,
  );
  throw new Error(
    `The program's output "disasterRecovery" must be version 1 of its contract. ${problems.join("; ")}.`,
  );
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
  return {
    plans: documentsIn<RecoveryPlan>(resources, hub.tables.plans),
    groups: documentsIn<ProtectionGroup>(resources, hub.tables.groups),
  };
}

const itemSchema = z.object({ document: z.object({ S: z.string() }) });

function documentsIn<T>(resources: readonly RegisteredResource[], table: string): readonly T[] {
  return resources
    .filter(
      ({ type, inputs }) =>
        type === "aws:dynamodb/tableItem:TableItem" && inputs.tableName === table,
    )
    .map(({ inputs }) => {
      const item = itemSchema.parse(JSON.parse(String(inputs.item)));
      return JSON.parse(item.document.S) as T;
    });
}
