import type { Price } from "./price.js";
import { sources } from "./sources.js";

/** Dollars an hour in N. Virginia, N. California, Ireland and Frankfurt. */
type Rows = Readonly<Record<string, readonly [number, number, number, number]>>;

/** RDS for PostgreSQL. */
const postgres: Rows = {
  "db.t3.micro": [0.018, 0.024, 0.02, 0.021],
  "db.t3.small": [0.036, 0.048, 0.039, 0.042],
  "db.t3.medium": [0.072, 0.095, 0.078, 0.084],
  "db.t3.large": [0.145, 0.19, 0.156, 0.168],
  "db.t3.xlarge": [0.29, 0.38, 0.312, 0.336],
  "db.t3.2xlarge": [0.579, 0.76, 0.624, 0.672],
  "db.m5.large": [0.178, 0.203, 0.197, 0.212],
  "db.m5.xlarge": [0.356, 0.406, 0.394, 0.424],
  "db.m5.2xlarge": [0.712, 0.812, 0.788, 0.848],
  "db.m5.4xlarge": [1.424, 1.624, 1.576, 1.696],
  "db.m5.8xlarge": [2.848, 3.248, 3.152, 3.392],
  "db.m5.12xlarge": [4.272, 4.872, 4.728, 5.088],
  "db.m5.16xlarge": [5.696, 6.496, 6.304, 6.784],
  "db.m5.24xlarge": [8.544, 9.744, 9.456, 10.176],
  "db.m6g.large": [0.159, 0.181, 0.176, 0.189],
  "db.m6g.xlarge": [0.318, 0.363, 0.352, 0.379],
  "db.m6g.2xlarge": [0.636, 0.725, 0.704, 0.757],
  "db.m6g.4xlarge": [1.272, 1.451, 1.408, 1.515],
  "db.m6g.8xlarge": [2.544, 2.901, 2.816, 3.03],
  "db.m6g.12xlarge": [3.816, 4.352, 4.223, 4.545],
  "db.m6g.16xlarge": [5.088, 5.803, 5.631, 6.06],
  "db.r5.large": [0.25, 0.28, 0.28, 0.305],
  "db.r5.xlarge": [0.5, 0.56, 0.56, 0.61],
  "db.r5.2xlarge": [1, 1.12, 1.12, 1.22],
  "db.r5.4xlarge": [2, 2.24, 2.24, 2.44],
  "db.r5.8xlarge": [4, 4.48, 4.48, 4.88],
  "db.r5.12xlarge": [6, 6.72, 6.72, 7.32],
  "db.r5.16xlarge": [8, 8.96, 8.96, 9.76],
  "db.r5.24xlarge": [12, 13.44, 13.44, 14.64],
  "db.r6g.large": [0.225, 0.252, 0.252, 0.274],
  "db.r6g.xlarge": [0.45, 0.504, 0.504, 0.549],
  "db.r6g.2xlarge": [0.899, 1.007, 1.007, 1.097],
  "db.r6g.4xlarge": [1.798, 2.014, 2.014, 2.194],
  "db.r6g.8xlarge": [3.597, 4.028, 4.028, 4.388],
  "db.r6g.12xlarge": [5.395, 6.043, 6.043, 6.582],
  "db.r6g.16xlarge": [7.194, 8.057, 8.057, 8.776],
};

/** Aurora PostgreSQL, standard storage. */
const aurora: Rows = {
  "db.t3.medium": [0.082, 0.106, 0.088, 0.096],
  "db.t3.large": [0.164, 0.212, 0.176, 0.192],
  "db.r5.large": [0.29, 0.32, 0.32, 0.35],
  "db.r5.xlarge": [0.58, 0.64, 0.64, 0.7],
  "db.r5.2xlarge": [1.16, 1.28, 1.28, 1.4],
  "db.r5.4xlarge": [2.32, 2.56, 2.56, 2.8],
  "db.r5.8xlarge": [4.64, 5.12, 5.12, 5.6],
  "db.r5.12xlarge": [6.96, 7.68, 7.68, 8.4],
  "db.r5.16xlarge": [9.28, 10.24, 10.24, 11.2],
  "db.r5.24xlarge": [13.92, 15.36, 15.36, 16.8],
  "db.r6g.large": [0.26, 0.286, 0.286, 0.313],
  "db.r6g.xlarge": [0.519, 0.573, 0.573, 0.627],
  "db.r6g.2xlarge": [1.038, 1.146, 1.146, 1.253],
  "db.r6g.4xlarge": [2.076, 2.291, 2.291, 2.506],
  "db.r6g.8xlarge": [4.153, 4.582, 4.582, 5.012],
  "db.r6g.12xlarge": [6.229, 6.874, 6.874, 7.518],
  "db.r6g.16xlarge": [8.306, 9.165, 9.165, 10.024],
};

/** One instance in one zone by its engine and class; nothing where the table does not hold it. */
export function databaseInstance(engine: string, instanceClass: string): Price | undefined {
  const rows = tables[engine]?.[instanceClass];
  if (rows === undefined) return undefined;
  const [virginia, california, ireland, frankfurt] = rows;
  return {
    dollars: {
      "us-east-1": virginia,
      "us-west-1": california,
      "eu-west-1": ireland,
      "eu-central-1": frankfurt,
    },
    per: "hour",
    source: sources.databases,
  };
}

const tables: Readonly<Record<string, Rows>> = {
  postgres,
  "aurora-postgresql": aurora,
};
