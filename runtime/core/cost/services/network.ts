import { type Assessments, always, byUse, due, type Finding } from "../finding.js";
import { standing, used } from "../prices/services.js";
import type { CostedResource, Reading, Stack } from "../resources.js";

const natType = "aws:ec2/natGateway:NatGateway";
const vpcType = "awsx:ec2:Vpc";
/** How many zones awsx spreads a network over where nobody says it. */
const defaultZones = 3;

const attachment = always(
  due("Transit Gateway", "attachments", standing.transitAttachment, 1),
  byUse("Transit Gateway", "data sent", used.transitData),
);

/** Gateways, addresses, endpoints, balancers and attachments. */
export const networkAssessments: Assessments = {
  [vpcType]: gatewaysOf,
  [natType]: always(...gateways(1)),
  "aws:ec2/eip:Eip": always(due("VPC", "public addresses", standing.publicAddress, 1)),
  "aws:ec2/vpcEndpoint:VpcEndpoint": endpoint,
  "aws:lb/loadBalancer:LoadBalancer": balancer,
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": attachment,
  "aws:ec2transitgateway/peeringAttachment:PeeringAttachment": attachment,
  "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter": attachment,
};

/** Where the network's own gateways are registered, they speak for themselves. */
function gatewaysOf(reading: Reading, _vpc: CostedResource, stack: Stack): readonly Finding[] {
  const areRegistered = stack.ofType(natType).some(({ urn }) => urn.includes(`${vpcType}$`));
  if (areRegistered) return [];
  const zones =
    reading.count("availabilityZoneNames") ??
    reading.number("numberOfAvailabilityZones") ??
    defaultZones;
  const strategy = reading.text("natGateways.strategy") ?? "OnePerAz";
  const count = { None: 0, Single: 1, OnePerAz: zones }[strategy] ?? zones;
  if (count === 0) return [];
  return [...gateways(count), due("VPC", "public addresses", standing.publicAddress, count)];
}

function gateways(count: number): readonly Finding[] {
  return [
    due("VPC", "NAT gateways", standing.natGateway, count),
    byUse("VPC", "data through NAT gateways", used.natData),
  ];
}

function endpoint(reading: Reading): readonly Finding[] {
  if ((reading.text("vpcEndpointType") ?? "Gateway") !== "Interface") return [];
  const zones = reading.count("subnetIds") ?? reading.count("subnetConfigurations") ?? 1;
  return [
    due("VPC", "interface endpoints, a zone each", standing.interfaceEndpoint, zones),
    byUse("VPC", "data through interface endpoints", used.endpointData),
  ];
}

function balancer(reading: Reading): readonly Finding[] {
  const kind = reading.text("loadBalancerType") ?? "application";
  const price = kind === "application" ? standing.loadBalancer : undefined;
  const addresses = reading.isTrue("internal") ? 0 : (reading.count("subnets") ?? 0);
  return [
    due("Load balancing", `${kind} load balancers`, price, 1),
    ...(addresses > 0 ? [due("VPC", "public addresses", standing.publicAddress, addresses)] : []),
    byUse("Load balancing", "capacity units"),
  ];
}
