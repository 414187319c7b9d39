import type { Command } from "../../../runtime/runbook/model.js";
import { type Call, type Effect, one } from "./runbook-call.js";
import { restoreTable, tableEffects } from "./table-calls.js";
import type { Thing, World } from "./world.js";

const clusterType = "aws:rds/cluster:Cluster";
const clusterInstanceType = "aws:rds/clusterInstance:ClusterInstance";
const instanceType = "aws:rds/instance:Instance";
const mappingType = "aws:lambda/eventSourceMapping:EventSourceMapping";
const serviceType = "aws:ecs/service:Service";

/** Changes messages, objects or metrics, or moves what no program declares. */
const nothingDeclared: Effect = () => undefined;

/** What each call of the runbooks changes of what deployments made. */
const effects: Readonly<Record<string, Effect>> = {
  "application-autoscaling register-scalable-target": registerScalableTarget,
  "backup start-backup-job": nothingDeclared,
  "backup start-copy-job": nothingDeclared,
  "backup start-restore-job": restoreTable,
  "cloudwatch put-metric-data": nothingDeclared,
  ...tableEffects,
  "ecs update-service": (world, call) =>
    world.change(serviceType, serviceIn(world, call).id, {
      desiredCount: Number(one(call, "desired-count")),
    }),
  "eks update-nodegroup-config": (world, call) =>
    world.change(
      "aws:eks/nodeGroup:NodeGroup",
      `${one(call, "cluster-name")}:${one(call, "nodegroup-name")}`,
      { scalingConfig: JSON.parse(one(call, "scaling-config")) },
      call.region,
    ),
  "elasticache failover-global-replication-group": (world, call) =>
    world.change(
      "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
      one(call, "global-replication-group-id"),
      { primaryReplicationGroupId: one(call, "primary-replication-group-id") },
    ),
  "lambda update-event-source-mapping": (world, { region, said }) => {
    for (const { id } of thingsOf(world, mappingType, region)) {
      world.change(mappingType, id, { enabled: said.has("enabled") });
    }
  },
  "rds copy-db-cluster-snapshot": nothingDeclared,
  "rds create-db-instance": (world, call) => {
    const clusterIdentifier = one(call, "db-cluster-identifier");
    const inputs = { identifier: one(call, "db-instance-identifier"), clusterIdentifier };
    const { account } = world.find(clusterType, clusterIdentifier, call.region);
    const { region } = call;
    const id = inputs.identifier;
    world.place({ type: clusterInstanceType, account, region, id, inputs, outputs: inputs });
  },
  "rds create-db-instance-read-replica": createReplica,
  "rds delete-db-instance": (world, call) => world.remove(instanceType, instanceIn(world, call).id),
  "rds failover-global-cluster": moveWriter,
  "rds modify-db-instance": modifyInstance,
  "rds promote-read-replica": promoteReplica,
  "rds remove-from-global-cluster": (world, call) => {
    const id = one(call, "db-cluster-identifier").split(":").at(-1) ?? "";
    world.change(clusterType, id, { globalClusterIdentifier: "", replicationSourceIdentifier: "" });
  },
  "rds reset-db-cluster-parameter-group": (world, call) => {
    const type = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
    const name = one(call, "db-cluster-parameter-group-name");
    const [reset = ""] = /ParameterName=([^,]+)/.exec(one(call, "parameters"))?.slice(1) ?? [];
    const { inputs } = world.find(type, name, call.region);
    const parameters = (inputs.parameters as readonly { readonly name: string }[]).filter(
      (parameter) => parameter.name !== reset,
    );
    world.change(type, name, { parameters }, call.region);
  },
  "rds switchover-global-cluster": moveWriter,
  "route53-recovery-cluster update-routing-control-states": nothingDeclared,
  "s3api delete-object": nothingDeclared,
  "s3api put-object": nothingDeclared,
  "secretsmanager stop-replication-to-replica": (world, call) =>
    world.change("aws:secretsmanager/secret:Secret", secretOf(world, one(call, "secret-id")), {
      replicas: [],
    }),
  "sqs purge-queue": nothingDeclared,
};

/** Does to the world what a command of a runbook does in AWS. Throws where it is not told what that is. */
export function carryOut(world: World, argv: readonly string[]): void {
  effectOf(argv)(world, { region: regionOf(argv), said: optionsOf(argv) });
}

/** The calls of commands of which it is not told what they change. */
export function untold(commands: readonly Command[]): readonly string[] {
  return commands
    .map(({ argv }) => argv.slice(0, 3).map(String))
    .filter((argv) => findEffect(argv) === undefined)
    .map((argv) => argv.join(" "));
}

/** Ids of the database instances that a runbook set aside, each with that of the one which bears its name now. */
export function successors(world: World): readonly (readonly [string, string])[] {
  const instances = world.things.filter(({ type }) => type === instanceType);
  return instances.flatMap(({ id, inputs }) => {
    const name = String(inputs.identifier);
    const successor = instances.find((one) => `${String(one.inputs.identifier)}-old` === name);
    return successor === undefined ? [] : [[id, successor.id] as const];
  });
}

function effectOf(argv: readonly string[]): Effect {
  const effect = findEffect(argv);
  if (effect) return effect;
  throw new Error(
    `"${argv.slice(0, 3).join(" ")}" must be a call of which it is told what it changes. Tell it here.`,
  );
}

function findEffect([program, service, operation = ""]: readonly string[]): Effect | undefined {
  if (program !== "aws" || /^(describe|get|head|list)-/.test(operation)) return nothingDeclared;
  return effects[`${service} ${operation}`];
}

function regionOf(argv: readonly string[]): string {
  return argv[argv.indexOf("--region") + 1] ?? "";
}

function optionsOf(argv: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const said = new Map<string, string[]>();
  let option = "";
  for (const word of argv.slice(3)) {
    if (word.startsWith("--")) option = word.slice(2);
    const values = said.get(option) ?? [];
    said.set(option, word.startsWith("--") ? values : [...values, word]);
  }
  return said;
}

function thingsOf(world: World, type: string, region: string): readonly Thing[] {
  return world.things.filter((thing) => thing.type === type && thing.region === region);
}

function only(things: readonly Thing[], what: string): Thing {
  const [found] = things;
  if (found && things.length === 1) return found;
  throw new Error(`there must be one ${what}, got ${things.length}`);
}

function serviceIn(world: World, call: Call): Thing {
  const name = one(call, "service");
  const services = thingsOf(world, serviceType, call.region);
  return only(
    services.filter(({ inputs }) => inputs.name === name),
    `service ${name} in ${call.region}`,
  );
}

/** Floor and ceiling hold at once: what runs is brought between them. */
function registerScalableTarget(world: World, call: Call): void {
  const id = one(call, "resource-id");
  const [minCapacity, maxCapacity] = [
    Number(one(call, "min-capacity")),
    Number(one(call, "max-capacity")),
  ];
  const suspended = JSON.parse(one(call, "suspended-state")) as Record<string, boolean>;
  const suspendedState = Object.fromEntries(
    Object.entries(suspended).map(([key, value]) => [
      `${key.charAt(0).toLowerCase()}${key.slice(1)}`,
      value,
    ]),
  );
  const settings = { minCapacity, maxCapacity, suspendedState };
  world.change("aws:appautoscaling/target:Target", id, settings, call.region);
  const said = new Map([["service", [id.split("/").at(-1) ?? ""]]]);
  const service = serviceIn(world, { region: call.region, said });
  const desired = Number(service.inputs.desiredCount ?? 1);
  const desiredCount = Math.min(maxCapacity, Math.max(minCapacity, desired));
  world.change(serviceType, service.id, { desiredCount });
}

/** The target writes, and every other member follows it. */
function moveWriter(world: World, call: Call): void {
  const globalId = one(call, "global-cluster-identifier");
  const targetArn = one(call, "target-db-cluster-identifier");
  const members = world.things.filter(
    ({ type, inputs }) => type === clusterType && inputs.globalClusterIdentifier === globalId,
  );
  const target = only(
    members.filter(({ outputs }) => outputs.arn === targetArn),
    `member ${targetArn}`,
  );
  const instances = thingsOf(world, clusterInstanceType, target.region);
  if (!instances.some(({ inputs }) => inputs.clusterIdentifier === target.id)) {
    throw new Error(`InvalidDBClusterStateFault: ${target.id} has no instance`);
  }
  for (const { id } of members) {
    const replicationSourceIdentifier = id === target.id ? "" : targetArn;
    world.change(clusterType, id, { replicationSourceIdentifier });
  }
}

function instanceIn(world: World, call: Call): Thing {
  const name = one(call, "db-instance-identifier");
  const instances = thingsOf(world, instanceType, call.region);
  return only(
    instances.filter(({ inputs }) => inputs.identifier === name),
    `instance ${name} in ${call.region}`,
  );
}

function modifyInstance(world: World, call: Call): void {
  const { id, region, account } = instanceIn(world, call);
  const [identifier] = call.said.get("new-db-instance-identifier") ?? [];
  const [instanceClass] = call.said.get("db-instance-class") ?? [];
  const [days] = call.said.get("backup-retention-period") ?? [];
  const [backupWindow] = call.said.get("preferred-backup-window") ?? [];
  world.change(instanceType, id, {
    ...(identifier !== undefined && {
      identifier,
      arn: `arn:aws:rds:${region}:${account}:db:${identifier}`,
    }),
    ...(instanceClass !== undefined && { instanceClass }),
    ...(days !== undefined && { backupRetentionPeriod: Number(days) }),
    ...(backupWindow !== undefined && { backupWindow }),
  });
}

/** Without a word about backups RDS keeps those of one day. Source: RDS API Reference, PromoteReadReplica. */
function promoteReplica(world: World, call: Call): void {
  const { id, inputs } = instanceIn(world, call);
  if (!inputs.replicateSourceDb) throw new Error(`InvalidDBInstanceState: ${id} is no replica`);
  const backupRetentionPeriod = Number(call.said.get("backup-retention-period")?.[0] ?? 1);
  const backupWindow = call.said.get("preferred-backup-window")?.[0] ?? "chosen by RDS";
  const backups = { backupRetentionPeriod, backupWindow };
  world.change(instanceType, id, { replicateSourceDb: "", ...backups });
}

/**
 * A replica has what its source has, and that has what it was itself copied from, but for what the call says and what RDS takes by itself where it
 * says nothing. Source: RDS API Reference, CreateDBInstanceReadReplica.
 */
function createReplica(world: World, call: Call): void {
  const { region, said } = call;
  const identifier = one(call, "db-instance-identifier");
  const sourceArn = one(call, "source-db-instance-identifier");
  const source = only(
    world.things.filter(({ type, outputs }) => type === instanceType && outputs.arn === sourceArn),
    `instance ${sourceArn}`,
  );
  const aside = world.things.find(({ inputs }) => inputs.identifier === `${identifier}-old`);
  const inputs = {
    ...source.inputs,
    ...aside?.inputs,
    region,
    identifier,
    replicateSourceDb: sourceArn,
    instanceClass: one(call, "db-instance-class"),
    kmsKeyId: one(call, "kms-key-id"),
    dbSubnetGroupName: one(call, "db-subnet-group-name"),
    vpcSecurityGroupIds: said.get("vpc-security-group-ids") ?? [],
    parameterGroupName: one(call, "db-parameter-group-name"),
    multiAz: said.has("multi-az"),
    publiclyAccessible: said.has("publicly-accessible"),
    copyTagsToSnapshot: said.has("copy-tags-to-snapshot"),
    deletionProtection: said.has("deletion-protection"),
    autoMinorVersionUpgrade: !said.has("no-auto-minor-version-upgrade"),
    storageType: said.get("storage-type")?.[0],
    maxAllocatedStorage: Number(said.get("max-allocated-storage")?.[0] ?? 0),
    iamDatabaseAuthenticationEnabled: said.has("enable-iam-database-authentication"),
    enabledCloudwatchLogsExports: said.get("enable-cloudwatch-logs-exports") ?? [],
    performanceInsightsEnabled: said.has("enable-performance-insights"),
    performanceInsightsKmsKeyId: said.get("performance-insights-kms-key-id")?.[0],
    performanceInsightsRetentionPeriod: Number(
      said.get("performance-insights-retention-period")?.[0] ?? 0,
    ),
    backupRetentionPeriod: 0,
  };
  const id = `db-${identifier.replaceAll(/[^a-z0-9]/g, "").toUpperCase()}${world.things.length}`;
  const arn = `arn:aws:rds:${region}:${source.account}:db:${identifier}`;
  const outputs = { ...inputs, arn };
  world.place({ type: instanceType, account: source.account, region, id, inputs, outputs });
}

function secretOf(world: World, name: string): string {
  const type = "aws:secretsmanager/secret:Secret";
  const named = world.things.filter((thing) => thing.type === type && thing.inputs.name === name);
  return only(named, `secret ${name}`).id;
}
