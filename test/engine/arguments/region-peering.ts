import type { PeeredNetwork, RegionPeeringArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import { type ArgumentTable, inPlace, replaces } from "../support/argument-table.js";
import { network, networkElsewhere, renamed } from "./values.js";

const east: PeeredNetwork = { ...network, cidrBlock: "10.10.0.0/16", routeTableIds: ["rtb-1"] };
const west: PeeredNetwork = {
  ...networkElsewhere,
  cidrBlock: "10.20.0.0/16",
  routeTableIds: ["rtb-2"],
};

export const regionPeering: ArgumentTable<RegionPeeringArgs> = {
  component: "RegionPeering",
  sample: { cell: orders, networks: [east, west] },
  rows: {
    cell: inPlace(renamed),
    networks: [
      inPlace([{ ...east, routeTableIds: ["rtb-1", "rtb-3"] }, west]),
      replaces(
        [{ ...east, cidrBlock: "10.30.0.0/16" }, west],
        ["ec2:Route", "ec2transitgateway:Route"],
        "a route is its destination",
      ),
      replaces(
        [{ ...east, vpcId: "vpc-3" }, west],
        ["ec2transitgateway:VpcAttachment"],
        "an attachment is of one VPC",
      ),
    ],
  },
};
