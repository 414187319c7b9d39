/** A program that registers nearly every component of a cell, as JavaScript. */
export const wholeCell = `
import * as aws from "@pulumi/aws";
import {
  AuroraGlobalDatabase,
  BackupVaultPair,
  CellKey,
  CellTopics,
  CellWatch,
  ContainerService,
  CrossRegionReplica,
  FailoverRouting,
  GlobalCache,
  GlobalTable,
  KubernetesCluster,
  PilotLightRegion,
  RegionalQueue,
  RegionPeering,
  ReplicatedBucket,
  ReplicatedRegistry,
  ReplicatedSecret,
  TakeOverSwitch,
} from "pulumi-aws-dr";

const account = "111122223333";
const regions = { primary: "us-east-1", recovery: "us-west-2" };
const cell = { environment: "shop", name: "orders", account, residency: "us", regions };
const cidrBlocks = { "us-east-1": "10.10.0.0/16", "us-west-2": "10.20.0.0/16" };
const both = Object.values(regions);
const provider = new aws.Provider("shop", { region: "us-east-1", allowedAccountIds: [account] });
const opts = { provider };

const key = new CellKey(
  "key",
  {
    cell,
    name: "stores",
    services: ["backup", "dynamodb", "ecr", "elasticache", "rds", "s3", "secretsmanager", "sns", "sqs"],
    callers: ["alarms", "topics"],
  },
  opts,
);
const { keyArns } = key;
const networks = both.map(
  (region) => new PilotLightRegion(\`network-\${region}\`, { cell, region, cidrBlocks }, opts),
);
new RegionPeering("peering", { cell, networks }, opts);

const [api] = networks.map((network, index) => {
  const { region } = network;
  const image = \`\${account}.dkr.ecr.\${region}.amazonaws.com/orders/api:1.4.0\`;
  const certificateArn = \`arn:aws:acm:\${region}:\${account}:certificate/api\`;
  const tasks = { resting: index === 0 ? 20 : 10, normal: 50, failover: 100 };
  const container = { image, containerPort: 8080, healthCheckPath: "/health/deep" };
  const service = { cell, network, service: "api", tasks, certificateArn, ...container };
  const nodes = { resting: index === 0 ? 12 : 2, normal: 12, failover: 24 };
  const keyArn = keyArns[region] ?? "";
  new KubernetesCluster(
    \`platform-\${region}\`,
    {
      cell,
      cluster: "platform",
      version: "1.33",
      administratorRoleArns: [\`arn:aws:iam::\${account}:role/platform-admin\`],
      network,
      nodes,
      instanceTypes: ["m7i.xlarge", "m6i.xlarge"],
      keyArn,
    },
    opts,
  );
  return new ContainerService(\`api-\${region}\`, service, opts);
});

const placements = Object.fromEntries(
  networks.map(({ region, vpcId, privateSubnetIds }) => [
    region,
    { vpcId, subnetIds: privateSubnetIds, allowedSecurityGroupIds: { api: "sg-1" } },
  ]),
);
const store = { cell, keyArns };
const database = { ...store, engineVersion: "16.6", placements, firstPassword: "first-and-soon-changed" };
new AuroraGlobalDatabase(
  "ledger",
  {
    ...database,
    name: "ledger",
    onPartition: "keep-committing",
    headless: true,
    masterSecretName: "shop-orders-ledger",
  },
  opts,
);
new CrossRegionReplica(
  "accounts",
  { ...database, name: "accounts", allocatedGibibytes: 2_000, masterSecretName: "shop-orders-accounts" },
  opts,
);
new GlobalCache(
  "carts",
  {
    ...store,
    name: "carts",
    engine: "valkey",
    engineVersion: "8.0",
    userGroupIds: { "us-east-1": "shop-carts", "us-west-2": "shop-carts" },
    placements,
  },
  opts,
);
const { lagAlarmArns } = new GlobalTable(
  "sessions",
  { ...store, name: "sessions", hashKey: "session" },
  opts,
);
new ReplicatedBucket(
  "records",
  { ...store, name: "records", retentionYears: 7, archiveAfterDays: 90 },
  opts,
);
new RegionalQueue(
  "invoices",
  { ...store, name: "invoices", pattern: "fan-out", onRecovery: "quarantine" },
  opts,
);
new ReplicatedRegistry("images", { ...store, name: "images", repositories: ["api", "web"] }, opts);
new ReplicatedSecret("database", { ...store, name: "database" }, opts);
new BackupVaultPair(
  "backups",
  { ...store, name: "backups", stores: ["aurora", "dynamodb"], keepBackupsDays: 2557, lockMode: "governance" },
  opts,
);

const { topicArns } = new CellTopics("topics", { cell, keyArns }, opts);
new CellWatch(
  "watch",
  {
    cell,
    topicArns,
    canaries: { "us-east-1": "orders-in-the-west", "us-west-2": "orders-in-the-east" },
    lagAlarms: lagAlarmArns,
  },
  opts,
);
const turnsBy = new TakeOverSwitch("switch", { cell, keyArns }, opts);
const check = { path: "/health/deep" };
new FailoverRouting(
  "front",
  {
    cell,
    zoneId: "Z0123456789ABCDEFGHIJ",
    recordName: "api.shop.example",
    turnsBy,
    endpoints: {
      primary: { check, target: { cname: "api.us-east-1.shop.example" } },
      recovery: { check, target: { cname: "api.us-west-2.shop.example" } },
    },
    objectives: { rtoMinutes: 15 },
  },
  opts,
);
export const entrance = api?.loadBalancerDnsName;
`;
