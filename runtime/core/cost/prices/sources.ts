import type { PriceSource } from "./price.js";

/**
 * Where the prices come from. None was asked of AWS by this package: each was read from what others
 * published of AWS's Price List or of its price pages, on the day that is given.
 */
export const sources = {
  drs: {
    name: "AWS Price List, AWSElasticDisasterRecovery (aws-pricing-dataset)",
    address: "https://aws.amazon.com/disaster-recovery/pricing/",
    asOf: "2024-10-01",
  },
  instances: {
    name: "AWS Price List, AmazonEC2, Linux on demand (the price table of Karpenter)",
    address: "https://aws.amazon.com/ec2/pricing/on-demand/",
    asOf: "2026-01-19",
  },
  databases: {
    name: "AWS Price List, AmazonRDS, single-AZ on demand (ec2instances.info)",
    address: "https://aws.amazon.com/rds/postgresql/pricing/",
    asOf: "2021-08-03",
  },
  databaseStorage: {
    name: "AWS Price List, AmazonRDS (Infracost's expected breakdowns; bills for Europe)",
    address: "https://aws.amazon.com/rds/postgresql/pricing/",
    asOf: "2026-05-03",
  },
  caches: {
    name: "AWS Price List, AmazonElastiCache, Redis outside of N. Virginia (ec2instances.info)",
    address: "https://aws.amazon.com/elasticache/pricing/",
    asOf: "2022-02-13",
  },
  cachesVirginia: {
    name: "AWS Price List, AmazonElastiCache, N. Virginia",
    address: "https://aws.amazon.com/elasticache/pricing/",
    asOf: "2026-10-02",
  },
  fargate: {
    name: "AWS Price List, AmazonECS, Linux on x86 (Infracost's expected breakdowns; Frankfurt of 2026-07)",
    address: "https://aws.amazon.com/fargate/pricing/",
    asOf: "2025-07-04",
  },
  kubernetes: {
    name: "AWS Price List, AmazonEKS (Infracost's expected breakdowns)",
    address: "https://aws.amazon.com/eks/pricing/",
    asOf: "2025-07-04",
  },
  network: {
    name: "AWS Price List, AmazonEC2 and AmazonVPC (Infracost's expected breakdowns; bills for Europe)",
    address: "https://aws.amazon.com/vpc/pricing/",
    asOf: "2024-07-01",
  },
  addresses: {
    name: "AWS News Blog: public IPv4 address charge",
    address: "https://aws.amazon.com/vpc/pricing/",
    asOf: "2024-02-01",
  },
  balancers: {
    name: "AWS Price List, AWSELB (Infracost's expected breakdowns; bills for Europe)",
    address: "https://aws.amazon.com/elasticloadbalancing/pricing/",
    asOf: "2024-07-01",
  },
  transit: {
    name: "AWS Price List, AmazonVPC, transit gateways (Infracost's expected breakdowns)",
    address: "https://aws.amazon.com/transit-gateway/pricing/",
    asOf: "2024-07-01",
  },
  dns: {
    name: "Amazon Route 53 pricing",
    address: "https://aws.amazon.com/route53/pricing/",
    asOf: "2026-10-07",
  },
  recoveryControl: {
    name: "Amazon Application Recovery Controller pricing",
    address: "https://aws.amazon.com/application-recovery-controller/pricing/",
    asOf: "2026-10-07",
  },
  accelerator: {
    name: "AWS Price List, AWSGlobalAccelerator (Infracost's expected breakdowns)",
    address: "https://aws.amazon.com/global-accelerator/pricing/",
    asOf: "2024-07-01",
  },
  watching: {
    name: "AWS Price List, AmazonCloudWatch (Infracost's expected breakdowns)",
    address: "https://aws.amazon.com/cloudwatch/pricing/",
    asOf: "2024-07-01",
  },
  canaries: {
    name: "Amazon CloudWatch pricing when canaries became available, quoted unchanged since",
    address: "https://aws.amazon.com/cloudwatch/pricing/",
    asOf: "2020-04-23",
  },
  keys: {
    name: "AWS Price List, awskms (Infracost's expected breakdowns)",
    address: "https://aws.amazon.com/kms/pricing/",
    asOf: "2024-07-01",
  },
  secrets: {
    name: "AWS Price List, AWSSecretsManager (Infracost's expected breakdowns)",
    address: "https://aws.amazon.com/secrets-manager/pricing/",
    asOf: "2024-07-01",
  },
  tables: {
    name: "AWS Price List, AmazonDynamoDB (Infracost's expected breakdowns)",
    address: "https://aws.amazon.com/dynamodb/pricing/",
    asOf: "2024-11-15",
  },
  functions: {
    name: "AWS Price List, AWSLambda and AmazonStates (Infracost's expected breakdowns)",
    address: "https://aws.amazon.com/lambda/pricing/",
    asOf: "2024-07-01",
  },
  objects: {
    name: "AWS Price List, AmazonS3, AmazonECR and AWSBackup (Infracost's expected breakdowns)",
    address: "https://aws.amazon.com/s3/pricing/",
    asOf: "2024-07-01",
  },
  messages: {
    name: "AWS Price List, AWSQueueService and AmazonSNS (Infracost's expected breakdowns)",
    address: "https://aws.amazon.com/sqs/pricing/",
    asOf: "2024-07-01",
  },
} as const satisfies Readonly<Record<string, PriceSource>>;
