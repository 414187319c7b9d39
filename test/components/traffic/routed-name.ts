import {
  FailoverRouting,
  type FailoverRoutingArgs,
  type TrafficSwitch,
} from "../../../components/index.js";
import { orders } from "../../support/cells.js";

const check = { path: "/health/deep" };
const balancer = (region: string) => ({
  dnsName: `api.${region}.elb.amazonaws.com`,
  zoneId: `Z-${region}`,
  evaluateTargetHealth: true,
});

/** A name of a cell with a load balancer in each Region. */
export const args: FailoverRoutingArgs = {
  cell: orders,
  zoneId: "Z0123",
  recordName: "api.shop.example",
  turnsBy: "health",
  endpoints: {
    primary: { target: { alias: balancer("us-east-1") }, check },
    recovery: { target: { alias: balancer("us-west-2") }, check },
  },
};

export const addresses: FailoverRoutingArgs["endpoints"] = {
  primary: { target: { address: "192.0.2.1" }, check },
  recovery: { target: { address: "192.0.2.2" }, check },
};

/** A switch of the cell, as the routing of a name sees it. */
export const takeOver: TrafficSwitch = {
  turnsBy: "standby-takes-over",
  checkIds: { "us-east-1": "turned-us-east-1", "us-west-2": "turned-us-west-2" },
};

/** A program that routes the name, with other arguments than these. */
export function routing(changes: Partial<FailoverRoutingArgs> = {}) {
  return () => new FailoverRouting("api", { ...args, ...changes });
}
