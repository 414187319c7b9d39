import type { FailoverRoutingArgs, TrafficEndpoint } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import { type ArgumentTable, inPlace, replaces } from "../support/argument-table.js";
import { renamed } from "./values.js";

const endpoint = (name: string, path = "/health/deep"): TrafficEndpoint => ({
  check: { path },
  target: { cname: `${name}.shop.example` },
});
const west = endpoint("west");

export const failoverRouting: ArgumentTable<FailoverRoutingArgs> = {
  component: "FailoverRouting",
  sample: {
    cell: orders,
    zoneId: "Z0123456789ABCDEFGHIJ",
    recordName: "api.shop.example",
    turnsBy: "health",
    endpoints: { primary: endpoint("east"), recovery: west },
  },
  rows: {
    cell: inPlace(renamed),
    zoneId: replaces("Z9876543210ABCDEFGHIJ", ["route53:Record"], "a record lies in one zone"),
    recordName: replaces("orders.shop.example", ["route53:Record"], "a record is its name"),
    endpoints: [
      inPlace({ primary: endpoint("other"), recovery: west }),
      inPlace({ primary: endpoint("east", "/health"), recovery: west }),
    ],
    turnsBy: inPlace({
      turnsBy: "routing-control",
      checkIds: { "us-east-1": "check-1", "us-west-2": "check-2" },
    }),
    routing: inPlace("latency"),
    requestIntervalSeconds: replaces(30, ["route53:HealthCheck"], "Route 53 changes no interval", {
      from: 10,
    }),
    failureThreshold: inPlace(5),
    ttlSeconds: inPlace(30),
    checkerRegions: inPlace(["eu-west-1", "us-east-1", "us-west-2"]),
    objectives: inPlace({ rtoMinutes: 60 }),
    transformCheck: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
    transformRecord: inPlace((given) => ({ ...given, allowOverwrite: true })),
  },
};
