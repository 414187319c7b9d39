import type { PilotLightRegionArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import {
  type ArgumentTable,
  inPlace,
  replaces,
  unchanged,
  unseen,
} from "../support/argument-table.js";
import { logKeyArn, renamed } from "./values.js";

const named = [
  "cloudwatch:LogGroup",
  "ec2:FlowLog",
  "ec2:SecurityGroup",
  "iam:Role",
  "iam:RolePolicy",
  "vpc:SecurityGroupIngressRule",
];
const cidrBlocks = { "us-east-1": "10.10.0.0/16", "us-west-2": "10.20.0.0/16" };

export const pilotLightRegion: ArgumentTable<PilotLightRegionArgs> = {
  component: "PilotLightRegion",
  sample: { cell: orders, region: "us-east-1", cidrBlocks },
  rows: {
    cell: replaces(renamed, named, "these are known by their names"),
    region: replaces("us-west-2", [...named, "ec2:VpcEndpoint"], "a network lies in one Region"),
    cidrBlocks: [
      unseen(
        { ...cidrBlocks, "us-east-1": "10.30.0.0/16" },
        "a VPC keeps its addresses: it would be made anew, and EC2 refuses while anything is in it",
      ),
      unchanged(
        { ...cidrBlocks, "us-west-2": "10.30.0.0/16" },
        "the other Region's addresses are only compared",
      ),
    ],
    availabilityZones: unseen(
      ["us-east-1a", "us-east-1b", "us-east-1d"],
      "subnets of another zone are others",
    ),
    natGateways: unseen("single", "gateways come and go, and routes follow"),
    interfaceEndpoints: inPlace(["logs", "sts"]),
    logRetentionDays: inPlace(400),
    logKeyArn: inPlace(logKeyArn),
    transformVpc: unseen((given) => ({ ...given, tags: { system: "shop" } }), "awsx passes it on"),
    transformEndpoint: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
  },
};
