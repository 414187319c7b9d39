import { z } from "zod";
import { clusterNodes, cpuUnits, memoryMib, serviceTasks, targetCpuPercent } from "../../limits.js";
import { atLeastOne, flag, name, text, whole, wholeOrDefault } from "../parts.js";
import { perSide, word } from "./parts.js";

type Counted = typeof serviceTasks | typeof clusterNodes;

/** How much runs in a Region while nothing has happened, in production, and after a failover. */
const capacity = (counted: Counted) =>
  z.strictObject({
    resting: whole(counted),
    normal: whole(counted),
    failover: whole(counted),
  });

const gateways = word(["one-per-zone", "single", "none"]).default("one-per-zone");

const cidrBlock = text(
  /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/,
  "a range of IPv4 addresses",
  'Write it as in "10.10.0.0/16".',
);

/** The cell's network in both Regions. */
export const network = z.strictObject({
  cidrBlocks: perSide(cidrBlock),
  natGateways: z
    .strictObject({ primary: gateways, recovery: gateways })
    .default({ primary: "one-per-zone", recovery: "one-per-zone" }),
  /** Whether the networks of both Regions reach each other, by Transit Gateway. */
  peered: flag().default(false),
});

const certificateArn = text(
  /^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/\S+$/,
  "the ARN of a certificate of ACM",
  "Name the certificate of that Region.",
);

/** Containers behind a load balancer; without `tasks.recovery`, in the primary Region alone. */
export const service = z.strictObject({
  name,
  /** Repository of the cell's images. */
  repository: name,
  tag: text(
    /^(?!latest$)[\w][\w.-]{0,127}$/,
    "the tag of an image, and not latest",
    "Name the version that both Regions run.",
  ),
  containerPort: whole({ unit: "TCP port", min: 1, max: 65_535, why: "" }),
  healthCheckPath: text(/^\/\S{0,254}$/, "a path that begins with a slash", 'As in "/health".'),
  certificates: z.strictObject({ primary: certificateArn, recovery: certificateArn.optional() }),
  tasks: z.strictObject({
    primary: capacity(serviceTasks),
    recovery: capacity(serviceTasks).optional(),
  }),
  cpuUnits: wholeOrDefault(cpuUnits),
  memoryMib: wholeOrDefault(memoryMib),
  targetCpuPercent: wholeOrDefault(targetCpuPercent),
});

const roleArn = text(
  /^arn:[a-z-]+:iam::\d{12}:role\/\S+$/,
  "the ARN of a role",
  "Name the role whose holders administer the cluster.",
);

/** A Kubernetes cluster in each Region. */
export const cluster = z.strictObject({
  name,
  version: text(/^1\.\d\d$/, "a version of Kubernetes", 'Write it in quotes, as in "1.33".'),
  instanceTypes: atLeastOne(
    text(/^[a-z][a-z0-9-]*\.[a-z0-9]+$/, "a type of instance", 'As in "m7i.xlarge".'),
    "instance type",
  ),
  amiType: text(
    /^[A-Z0-9][\w]+$/,
    "a kind of node image",
    'As in "AL2023_x86_64_STANDARD".',
  ).default("AL2023_x86_64_STANDARD"),
  administratorRoleArns: atLeastOne(roleArn, "role ARN"),
  nodes: perSide(capacity(clusterNodes)),
});
