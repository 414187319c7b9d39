import { CellKey, CellTopics, type KeyService } from "../../components/index.js";
import type { CellDeclaration } from "../../runtime/environment/schema.js";
import type { CellContext } from "./context.js";

/** The keys of a cell, and the topics that its alarms tell people on. */
export interface DeployedKeys {
  /** Encrypts all stores of the cell, and its logs. */
  readonly storesKey: CellKey;
  /** Encrypts what is kept inside of the cell's clusters; none without clusters. */
  readonly clustersKey: CellKey | undefined;
  readonly topics: CellTopics;
}

export function deployKeys({ declaration, cell, options }: CellContext): DeployedKeys {
  const { name, notify, queues, clusters, keepData } = declaration;
  const fansOut = queues.some(({ pattern }) => pattern === "fan-out");
  const storesKey = new CellKey(
    `${name}-stores-key`,
    {
      cell,
      name: "stores",
      services: servicesOf(declaration),
      callers: ["logs", ...(fansOut ? (["topics"] as const) : [])],
      keepData,
    },
    options,
  );
  const clustersKey =
    clusters.length > 0
      ? new CellKey(
          `${name}-clusters-key`,
          { cell, name: "clusters", services: ["eks"], keepData },
          options,
        )
      : undefined;
  const alarmsKey = new CellKey(
    `${name}-alarms-key`,
    {
      cell,
      name: "alarms",
      services: ["sns"],
      callers: ["alarms"],
      keepData,
    },
    options,
  );
  const topics = new CellTopics(
    `${name}-topics`,
    { cell, keyArns: alarmsKey.keyArns, emails: notify },
    options,
  );
  return { storesKey, clustersKey, topics };
}

/** Services whose stores the cell declares; S3 always, for the flag of a switch. */
function servicesOf(declaration: CellDeclaration): readonly KeyService[] {
  const { auroraDatabases, replicatedDatabases, caches, tables, queues, secrets } = declaration;
  const users: readonly (readonly [KeyService, boolean])[] = [
    ["backup", declaration.backups !== undefined],
    ["dynamodb", tables.length > 0],
    ["ecr", declaration.images !== undefined],
    ["elasticache", caches.length > 0],
    ["rds", auroraDatabases.length + replicatedDatabases.length > 0],
    ["s3", true],
    ["secretsmanager", secrets.length > 0],
    ["sns", queues.some(({ pattern }) => pattern === "fan-out")],
    ["sqs", queues.length > 0],
  ];
  return users.flatMap(([service, isUser]) => (isUser ? [service] : []));
}
