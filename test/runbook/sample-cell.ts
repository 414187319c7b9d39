import type { Section } from "../../runtime/runbook/model.js";
import type { CellOutputs } from "../../runtime/runbook/outputs/cell.js";
import type { Outputs } from "../../runtime/runbook/outputs/schema.js";
import { runbook } from "../../runtime/runbook/runbook.js";

const account = "111122223333";
const environment = "shop";
const cell = "orders";
const prefix = `${environment}-${cell}`;
const regions = { primary: "us-east-1", recovery: "us-west-2" } as const;

function both<T>(make: (region: string) => T): { primary: T; recovery: T } {
  return { primary: make(regions.primary), recovery: make(regions.recovery) };
}

const arn = (region: string, service: string, resource: string) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

const service = (
  name: string,
  region: string,
  tasks: { resting: number; normal: number; failover: number },
) => ({
  clusterName: `${prefix}-${name}`,
  serviceName: `${prefix}-${name}`,
  scalableResourceId: `service/${prefix}-${name}/${prefix}-${name}`,
  loadBalancerDnsName: `${name}-1.${region}.elb.amazonaws.com`,
  tasks,
});

/** A cell with one of everything. */
export function sampleCell(): CellOutputs {
  return {
    name: cell,
    account,
    residency: "us",
    regions: { ...regions },
    strategy: "warm-standby",
    objectives: { rtoMinutes: 30, rpoSeconds: 900, scaleSeconds: 300, verifySeconds: 120 },
    copies: [
      {
        name: "ledger",
        mechanism: "aurora-global-database",
        activationSeconds: 300,
        onPartition: "block-commits",
        enforcedRpoSeconds: 60,
      },
      { name: "catalogue", mechanism: "rds-cross-region-replica" },
      { name: "pages", mechanism: "elasticache-global-datastore" },
      { name: "sessions", mechanism: "dynamodb-global-table" },
      { name: "invoices", mechanism: "s3-replication-time-control" },
      { name: "work", mechanism: "queue-fan-out" },
      { name: "login", mechanism: "secret-replica" },
      { name: "images", mechanism: "ecr-replication" },
      { name: "backups", mechanism: "backup-copy", stores: ["aurora", "rds"] },
    ],
    keyArns: both((region) => arn(region, "kms", "key/11111111-2222-3333-4444-555555555555")),
    topicArns: both((region) => arn(region, "sns", `${prefix}-alarms`)),
    watch: {
      decisionAlarmArns: {
        primary: arn(regions.primary, "cloudwatch", `alarm:${prefix}-decide-on-us-west-2`),
        recovery: arn(regions.recovery, "cloudwatch", `alarm:${prefix}-decide-on-us-east-1`),
      },
      detectionSeconds: 180,
    },
    services: [
      {
        name: "api",
        healthCheckPath: "/health",
        primary: service("api", regions.primary, { resting: 20, normal: 50, failover: 100 }),
        recovery: service("api", regions.recovery, { resting: 10, normal: 50, failover: 50 }),
      },
    ],
    clusters: [
      {
        name: "jobs",
        ...both(() => ({
          clusterName: `${prefix}-jobs`,
          nodeGroupName: `${prefix}-jobs-nodes`,
          nodes: { resting: 1, normal: 4, failover: 6 },
        })),
      },
    ],
    auroraDatabases: [
      {
        name: "ledger",
        globalClusterIdentifier: `${prefix}-ledger`,
        writerEndpoint: `${prefix}-ledger.global-111111111111.global.rds.amazonaws.com`,
        headless: false,
        onPartition: "block-commits",
        instanceClass: "db.r6g.large",
        members: both((region) => ({
          clusterIdentifier: `${prefix}-ledger-${region}`,
          clusterArn: arn(region, "rds", `cluster:${prefix}-ledger-${region}`),
          clusterEndpoint: `${prefix}-ledger-${region}.cluster-1.${region}.rds.amazonaws.com`,
          instanceParameterGroupName: `${prefix}-ledger-${region}`,
          clusterParameterGroupName: `${prefix}-ledger-${region}`,
        })),
      },
    ],
    replicatedDatabases: [
      {
        name: "catalogue",
        backupRetentionDays: 35,
        backupWindow: "03:00-03:30",
        maxAllocatedGibibytes: 500,
        keepData: true,
        instances: both((region) => ({
          identifier: `${prefix}-catalogue-${region}`,
          instanceArn: arn(region, "rds", `db:${prefix}-catalogue-${region}`),
          address: `${prefix}-catalogue-${region}.1.${region}.rds.amazonaws.com`,
          instanceClass: region === regions.primary ? "db.r6g.xlarge" : "db.r6g.large",
          securityGroupId: "sg-11111111111111111",
          parameterGroupName: `${prefix}-catalogue-${region}`,
        })),
      },
    ],
    caches: [
      {
        name: "pages",
        globalReplicationGroupId: `ldgnf-${prefix}-pages`,
        members: both((region) => ({
          replicationGroupId: `${prefix}-pages-${region}`,
          configurationEndpoint: `clustercfg.${prefix}-pages-${region}.1.cache.amazonaws.com`,
        })),
      },
    ],
    tables: [{ name: "sessions", tableName: `${prefix}-sessions` }],
    buckets: [
      {
        name: "invoices",
        bucketNames: both((region) => `${prefix}-invoices-${account}-${region}`),
      },
    ],
    queues: [
      {
        name: "work",
        pattern: "fan-out",
        onRecovery: "purge",
        queueUrls: both(
          (region) => `https://sqs.${region}.amazonaws.com/${account}/${prefix}-work`,
        ),
        queueArns: both((region) => arn(region, "sqs", `${prefix}-work`)),
      },
    ],
    secrets: [{ name: "login", secretName: `${prefix}-login` }],
    repositories: [`${prefix}-images/api`],
    backupVault: `${prefix}-backups`,
    traffic: {
      turnsBy: "standby-takes-over",
      routing: "failover",
      dns: { requestIntervalSeconds: 10, failureThreshold: 3, ttlSeconds: 60 },
      records: [{ name: "api.shop.example", service: "api" }],
      flags: both((region) => `s3://${prefix}-flag-${region}-${account}/take-over`),
    },
  };
}

type Traffic = NonNullable<CellOutputs["traffic"]>;

/** How operators turn traffic otherwise. */
export function turnedBy(turnsBy: Traffic["turnsBy"]): CellOutputs {
  const sample = sampleCell();
  const { flags: _none, ...traffic } = sample.traffic as Traffic;
  if (turnsBy === "standby-takes-over") return sample;
  if (turnsBy === "health") return { ...sample, traffic: { ...traffic, turnsBy } };
  const control = (id: string) =>
    `arn:aws:route53-recovery-control::${account}:controlpanel/1/routingcontrol/${id}`;
  const endpoints = ["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1", "ap-southeast-2"];
  const controls = {
    controlArns: { primary: control("1"), recovery: control("2") },
    endpoints: endpoints.map((region) => ({
      region,
      endpoint: `https://host.route53-recovery-cluster.${region}.amazonaws.com/v1`,
    })),
  };
  return { ...sample, traffic: { ...traffic, turnsBy, controls } };
}

/** A cell whose backups are all that there is in the other Region. */
export function restoredCell(): CellOutputs {
  const { watch: _watch, traffic: _traffic, ...sample } = sampleCell();
  const kept = ["sessions", "invoices", "login", "images", "backups"];
  const services = sample.services.map(({ recovery: _none, ...alone }) => alone);
  return {
    ...sample,
    strategy: "backup-and-restore",
    copies: sample.copies.filter(({ name }) => kept.includes(name)),
    services,
    clusters: [],
    auroraDatabases: [],
    replicatedDatabases: [],
    caches: [],
    queues: [],
    objectives: { ...sample.objectives, rtoMinutes: 480 },
  };
}

/** The same with a table of the primary Region alone, which a failover restores by its name. */
export function tableRestoredCell(): CellOutputs {
  const sample = restoredCell();
  const role = (name: string) => `arn:aws:iam::${account}:role/${prefix}-backups-${name}`;
  const left = { keepData: true, ttlAttribute: "expiresAt" };
  const restored = { ...left, backupTag: { key: "backup", value: prefix } };
  return {
    ...sample,
    copies: sample.copies.map((copy) => {
      if (copy.name === "sessions") {
        return { ...copy, mechanism: "dynamodb-backup-copy", backedUpEverySeconds: 43_200 };
      }
      return copy.name === "backups" ? { ...copy, stores: ["dynamodb"] } : copy;
    }),
    tables: sample.tables.map((table) => ({ ...table, restored })),
    backupRoles: { backUp: role("backup"), restore: role("restore") },
  };
}

/** A headless secondary, which needs an instance first. */
export function headlessCell(): CellOutputs {
  const sample = sampleCell();
  const auroraDatabases = sample.auroraDatabases.map((one) => ({ ...one, headless: true }));
  return { ...sample, auroraDatabases };
}

/** The outputs of an environment that is made of cells alone. */
export function outputsWith(...cells: readonly CellOutputs[]): Outputs {
  return {
    schemaVersion: 2,
    environment,
    owner: "dr@example.com",
    contacts: [],
    responsibilities: [],
    spokes: [],
    groups: [],
    plans: [],
    cells: [...cells],
  };
}

/** A section of the runbook of an environment with this cell. */
export function sectionOf(cell: CellOutputs, id: string): Section {
  const section = runbook(outputsWith(cell)).sections.find((one) => one.id === id);
  if (section === undefined) throw new Error(`there must be a section ${id}`);
  return section;
}
