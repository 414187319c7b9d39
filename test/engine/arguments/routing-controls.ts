import type { RoutingControlsArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import { type ArgumentTable, inPlace, replaces } from "../support/argument-table.js";
import { renamed } from "./values.js";

const controls = [
  "route53:HealthCheck",
  "route53recoverycontrol:ControlPanel",
  "route53recoverycontrol:RoutingControl",
  "route53recoverycontrol:SafetyRule",
];

export const routingControls: ArgumentTable<RoutingControlsArgs> = {
  component: "RoutingControls",
  sample: { cell: orders },
  rows: {
    cell: replaces(
      renamed,
      [...controls, "route53recoverycontrol:Cluster", "ssm:Parameter"],
      "a cluster is its name, and controls are of one cluster: turn the primary's on again",
    ),
    cluster: replaces(
      {
        arn: "arn:aws:route53-recovery-control::111122223333:cluster/other",
        endpoints: [{ endpoint: "https://other.example", region: "us-east-1" }],
      },
      controls,
      "controls are of one cluster: turn the primary's on again",
    ),
    gate: inPlace(true),
    transformCheck: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
  },
};
