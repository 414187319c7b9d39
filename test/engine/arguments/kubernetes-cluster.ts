import type { KubernetesClusterArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import { type ArgumentTable, inPlace, refused, replaces } from "../support/argument-table.js";
import { logKeyArn, network, networkElsewhere, networkMoved, renamed } from "./values.js";

const cluster = ["eks:Cluster"];
const all = [...cluster, "cloudwatch:LogGroup"];
const nodes = ["eks:NodeGroup"];
const noRename = "EKS renames no cluster";
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

export const kubernetesCluster: ArgumentTable<KubernetesClusterArgs> = {
  component: "KubernetesCluster",
  sample: {
    cell: orders,
    network,
    cluster: "platform",
    version: "1.33",
    nodes: { resting: 2, normal: 12, failover: 24 },
    instanceTypes: ["m7i.xlarge", "m6i.xlarge"],
    keyArn: logKeyArn,
    administratorRoleArns: [role("platform-admin")],
  },
  unprotected: { keepData: false },
  rows: {
    cell: refused(renamed, all, noRename),
    network: [
      replaces(networkMoved, nodes, "nodes stay in the subnets that their group was made with"),
      refused(networkElsewhere, all, "a cluster lies in one Region", {
        also: { keyArn: logKeyArn.replace("us-east-1", "us-west-2") },
      }),
    ],
    cluster: refused("workloads", all, noRename),
    version: inPlace("1.34"),
    nodes: inPlace({ resting: 3, normal: 15, failover: 30 }),
    instanceTypes: replaces(
      ["m7i.2xlarge"],
      nodes,
      "a group keeps the types that it was made with",
    ),
    amiType: replaces(
      "BOTTLEROCKET_x86_64",
      nodes,
      "a group keeps the kind of image that it was made with",
    ),
    keyArn: refused(`${logKeyArn}0`, cluster, "a cluster keeps the key that it was made with"),
    administratorRoleArns: inPlace([role("platform-admin"), role("auditor")]),
    keepData: inPlace(true),
    logRetentionDays: inPlace(400),
    logKeyArn: inPlace(logKeyArn),
    transformCluster: inPlace((given) => ({
      ...given,
      upgradePolicy: { supportType: "STANDARD" },
    })),
    transformNodeGroup: inPlace((given) => ({ ...given, labels: { pool: "general" } })),
  },
};
