import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { EstateLane } from "../../runtime/core/ports.js";
import { type Transform, unchanged } from "../arguments.js";
import type { Named } from "../named.js";
import type { HubAddress } from "./names.js";
import { hubNames } from "./names.js";

/** What the hub's tables need to know. */
export interface HubTablesArgs {
  readonly address: HubAddress;
  readonly standbyRegion?: string;
  readonly keepTables?: boolean;
  readonly transformTable?: Transform<aws.dynamodb.TableArgs>;
}

export interface HubTables {
  readonly groups: aws.dynamodb.Table;
  readonly plans: aws.dynamodb.Table;
  readonly executions: aws.dynamodb.Table;
}

type Key = readonly [name: string, range?: string];

/** The hub's memory: what is protected, what is recovered, and the journal of all executions. */
export function hubTables(
  name: string,
  args: HubTablesArgs,
  child: pulumi.CustomResourceOptions,
): HubTables {
  const { keepTables = true, transformTable = unchanged } = args;
  const { tables } = hubNames(args.address);
  const settings = {
    deletionProtectionEnabled: keepTables,
    ...(args.standbyRegion !== undefined && replicated(args.standbyRegion, keepTables)),
  };
  const kept = { ...child, protect: keepTables };
  const table = (role: string, named: Named, key: Key) =>
    new aws.dynamodb.Table(
      `${name}-${role}`,
      transformTable({ ...tableArgs(args, named, key), ...settings }),
      kept,
    );
  return {
    groups: table("groups", tables.groups, ["name"]),
    plans: table("plans", tables.plans, ["name"]),
    executions: table("executions", tables.executions, ["pk", "sk"]),
  };
}

/** The item from which the functions know the lanes of the estate. */
export function estateItem(
  name: string,
  executions: aws.dynamodb.Table,
  lanes: readonly EstateLane[],
  child: pulumi.CustomResourceOptions,
): aws.dynamodb.TableItem {
  const item = { pk: { S: "ESTATE" }, sk: { S: "LANES" }, lanes: { S: JSON.stringify(lanes) } };
  return new aws.dynamodb.TableItem(
    `${name}-estate`,
    {
      region: executions.region,
      tableName: executions.name,
      hashKey: "pk",
      rangeKey: "sk",
      item: JSON.stringify(item),
    },
    child,
  );
}

function tableArgs({ address }: HubTablesArgs, table: Named, key: Key): aws.dynamodb.TableArgs {
  const [hashKey, rangeKey] = key;
  const attributes = [hashKey, ...(rangeKey === undefined ? [] : [rangeKey])];
  return {
    region: address.homeRegion,
    name: table.name,
    billingMode: "PAY_PER_REQUEST",
    hashKey,
    ...(rangeKey !== undefined && { rangeKey }),
    attributes: attributes.map((attribute) => ({ name: attribute, type: "S" })),
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: { enabled: true },
  };
}

/** A replica needs the stream of new and old images. Source: DynamoDB global tables, version 2019.11.21. */
function replicated(standbyRegion: string, keepTables: boolean) {
  const replica = {
    regionName: standbyRegion,
    pointInTimeRecovery: true,
    propagateTags: true,
    deletionProtectionEnabled: keepTables,
  };
  return { streamEnabled: true, streamViewType: "NEW_AND_OLD_IMAGES", replicas: [replica] };
}
