import type { FailoverAcceleratorArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import { type ArgumentTable, inPlace, unchanged } from "../support/argument-table.js";
import { renamed } from "./values.js";

const balancer = (region: string, id: string) =>
  `arn:aws:elasticloadbalancing:${region}:111122223333:loadbalancer/app/api/${id}`;
const west = { endpointId: balancer("us-west-2", "2") };

export const failoverAccelerator: ArgumentTable<FailoverAcceleratorArgs> = {
  component: "FailoverAccelerator",
  sample: {
    cell: orders,
    endpoints: { "us-east-1": { endpointId: balancer("us-east-1", "1") }, "us-west-2": west },
  },
  rows: {
    cell: inPlace(renamed),
    endpoints: [
      inPlace({ "us-east-1": { endpointId: balancer("us-east-1", "3") }, "us-west-2": west }),
      unchanged(
        {
          "us-east-1": { endpointId: balancer("us-east-1", "1") },
          "us-west-2": { ...west, trafficDialPercent: 0 },
        },
        "who fails over turns the dial, so deployments do not",
      ),
    ],
    port: inPlace(8443),
    checkPath: inPlace("/health"),
    requestIntervalSeconds: inPlace(30),
    failureThreshold: inPlace(5),
    transformEndpointGroup: inPlace((given) => ({ ...given, healthCheckProtocol: "HTTP" })),
  },
};
