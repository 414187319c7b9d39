import type * as aws from "@pulumi/aws";
import type { AuditTrail, Cell, CellKey, CellTopics } from "../../components/index.js";
import type { CellDeclaration, Environment } from "../../runtime/environment/schema.js";
import { deployAudit } from "./audit.js";
import { type DeployedCompute, deployCompute } from "./compute.js";
import type { CellContext } from "./context.js";
import { type DeployedDatabases, deployDatabases } from "./databases.js";
import { deployKeys } from "./keys.js";
import { type DeployedNetworks, deployNetworks } from "./network.js";
import { type DeployedStores, deployStores } from "./stores.js";
import { type DeployedTraffic, deployTraffic } from "./traffic.js";
import { type DeployedWatch, deployWatch } from "./watch.js";

/** All that stands in a cell, and what the environment says of it. */
export interface DeployedCell {
  readonly declaration: CellDeclaration;
  readonly cell: Cell;
  readonly storesKey: CellKey;
  readonly topics: CellTopics;
  readonly audit: AuditTrail | undefined;
  readonly networks: DeployedNetworks;
  readonly stores: DeployedStores;
  readonly compute: DeployedCompute;
  readonly databases: DeployedDatabases;
  readonly traffic: DeployedTraffic;
  readonly watch: DeployedWatch | undefined;
}

/** Everything that the environment declares of one cell, in the cell's account. */
export function deployCell(
  environment: Environment,
  declaration: CellDeclaration,
  provider: aws.Provider,
): DeployedCell {
  const { name, account, residency, regions } = declaration;
  const cell: Cell = { environment: environment.name, name, account, residency, regions };
  const context: CellContext = { declaration, cell, options: { provider } };
  const { storesKey, clustersKey, topics } = deployKeys(context);
  const audit = deployAudit(context, topics);
  const networks = deployNetworks(context, storesKey);
  const stores = deployStores(context, storesKey, topics);
  const compute = deployCompute(context, { networks, storesKey, clustersKey });
  const databases = deployDatabases(context, { networks, compute, storesKey, topics });
  const traffic = deployTraffic(context, compute, storesKey);
  const watch = deployWatch(context, { storesKey, topics, stores, databases, compute });
  return {
    declaration,
    cell,
    storesKey,
    topics,
    audit,
    networks,
    stores,
    compute,
    databases,
    traffic,
    watch,
  };
}
