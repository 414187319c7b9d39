import { type Assessments, always, byUse, due, type Finding } from "../finding.js";
import { standing, used } from "../prices/services.js";
import { type CostedResource, Reading, type Stack } from "../resources.js";

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
  const zones = zonesOf(reading);
  const strategy = reading.text("natGateways.strategy") ?? "OnePerAz";
  const count = { None: 0, Single: 1, OnePerAz: zones }[strategy] ?? zones;
  if (count === 0) return [];
  return [...gateways(count), due("VPC", "public addresses", standing.publicAddress, count)];
}

function zonesOf(network: Reading): number {
  return (
    network.count("availabilityZoneNames") ??
    network.number("numberOfAvailabilityZones") ??
    defaultZones
  );
}

/** How many subnets are meant: before a deployment awsx knows none, but one of a kind in each zone. */
function subnetsIn(
  property: string,
  reading: Reading,
  resource: CostedResource,
  stack: Stack,
): number | undefined {
  const known = reading.countIfKnown(property);
  if (known !== undefined) return known;
  const network = stack.behind(resource, property, vpcType);
  return network === undefined ? reading.count(property) : zonesOf(new Reading(network));
}

function gateways(count: number): readonly Finding[] {
  return [
    due("VPC", "NAT gateways", standing.natGateway, count),
    byUse("VPC", "data through NAT gateways", used.natData),
  ];
}

function endpoint(reading: Reading, resource: CostedResource, stack: Stack): readonly Finding[] {
  if ((reading.text("vpcEndpointType") ?? "Gateway") !== "Interface") return [];
  const zones =
    subnetsIn("subnetIds", reading, resource, stack) ?? reading.count("subnetConfigurations") ?? 1;
  return [
    due("VPC", "interface endpoints, a zone each", standing.interfaceEndpoint, zones),
    byUse("VPC", "data through interface endpoints", used.endpointData),
  ];
}

function balancer(reading: Reading, resource: CostedResource, stack: Stack): readonly Finding[] {
  const kind = reading.text("loadBalancerType") ?? "application";
  const price = kind === "application" ? standing.loadBalancer : undefined;
  const addresses = reading.isTrue("internal")
    ? 0
    : (subnetsIn("subnets", reading, resource, stack) ?? 0);
  return [
    due("Load balancing", `${kind} load balancers`, price, 1),
    ...(addresses > 0 ? [due("VPC", "public addresses", standing.publicAddress, addresses)] : []),
    byUse("Load balancing", "capacity units"),
  ];
}
