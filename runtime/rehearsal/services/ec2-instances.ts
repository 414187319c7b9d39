import { toIso } from "../../core/instant.js";
import { laneKey } from "../../core/lane.js";
import type { DrsEmulator } from "./drs/drs.js";
import { hexOf } from "./hashing.js";
import { ec2Error, notEmulatedOperation } from "./not-emulated.js";
import { queryForm, queryOperation } from "./query-protocol.js";
import type { EmulatedService, ServiceReply, ServiceRequest } from "./service.js";
import { escapeXml } from "./xml.js";

/** Source: Amazon EC2 API Reference, InstanceState. */
const stateCodes: Readonly<Record<string, number>> = {
  pending: 0,
  running: 16,
  "shutting-down": 32,
  terminated: 48,
  stopped: 80,
};

/** Fields of DescribeInstances that are read. All instances stand on one page, whatever its size. */
const emulated = /^(Action|Version|MaxResults|InstanceId\.\d+)$/;

/** Those that there are too, and that would have to be ignored. */
const unemulated = /^(Filter\.\d+\.|DryRun$|NextToken$)/;

/** EC2 as far as it shows what DRS launched: DescribeInstances of recovery instances, by id or all. */
export function createEc2Instances(drs: DrsEmulator): EmulatedService {
  return {
    signingNames: ["ec2"],
    operationOf: queryOperation,
    rightsOf: (request) => [
      { action: `ec2:${queryOperation(request)}`, resources: ["*"], context: {} },
    ],
    async answer(request) {
      if (queryOperation(request) !== "DescribeInstances") return notEmulatedOperation(request);
      const fields = [...queryForm(request).keys()];
      if (fields.some((field) => unemulated.test(field))) return notEmulatedOperation(request);
      const unknown = fields.find((field) => !emulated.test(field));
      return unknown === undefined ? describeInstances(drs, request) : unknownParameter(unknown);
    },
    denied: (_request, message) =>
      ec2Error({ status: 403, code: "UnauthorizedOperation", message }),
  };
}

/** Source: Amazon EC2 API Reference, Error codes: UnknownParameter. */
function unknownParameter(name: string): ServiceReply {
  const message = `The parameter ${name} is not recognized`;
  return ec2Error({ status: 400, code: "UnknownParameter", message });
}

type Instance = ReturnType<DrsEmulator["instances"]>[number];

function describeInstances(drs: DrsEmulator, request: ServiceRequest): ServiceReply {
  const { region, principal } = request;
  const lane = laneKey({ account: principal.account, region });
  const all = drs.instances(lane);
  const wanted = [...queryForm(request)]
    .filter(([key]) => key.startsWith("InstanceId."))
    .map(([, id]) => id);
  const missing = wanted.filter((id) => !all.some(({ instance }) => instance === id));
  if (missing.length > 0) {
    const message = `The instance IDs '${missing.join(", ")}' do not exist`;
    return ec2Error({ status: 400, code: "InvalidInstanceID.NotFound", message });
  }
  const hostnames = new Map(drs.servers(lane).map(({ server, hostname }) => [server, hostname]));
  const shown = all.filter(({ instance }) => wanted.length === 0 || wanted.includes(instance));
  const items = shown.map((one) => {
    const name = hostnames.get(one.server) ?? one.server;
    return reservation(one, principal.account, region, name);
  });
  const requestId = escapeXml(request.headers["x-amzn-requestid"] ?? "");
  return {
    status: 200,
    headers: { "content-type": "text/xml;charset=UTF-8" },
    body:
      `<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">` +
      `<requestId>${requestId}</requestId>` +
      `<reservationSet>${items.join("")}</reservationSet></DescribeInstancesResponse>`,
  };
}

/** Each instance in a reservation of its own, with what every launch of DRS has. Addresses are made up. */
function reservation(one: Instance, account: string, region: string, name: string): string {
  const { instance, state, launchedAt } = one;
  const stateName = state.toLowerCase();
  const address = privateAddress(instance);
  const dns = `ip-${address.replaceAll(".", "-")}.${region}.compute.internal`;
  const tags = { Name: name, AWSElasticDisasterRecoveryManaged: "drs.amazonaws.com" };
  return element("item", [
    element("reservationId", [`r-${hexOf("reservation", instance).slice(0, 17)}`]),
    element("ownerId", [account]),
    element("instancesSet", [
      element("item", [
        element("instanceId", [instance]),
        element("instanceState", [
          element("code", [String(stateCodes[stateName] ?? 16)]),
          element("name", [stateName]),
        ]),
        element("instanceType", ["t3.medium"]),
        element("launchTime", [toIso(launchedAt)]),
        element("placement", [element("availabilityZone", [`${region}a`])]),
        element("privateIpAddress", [address]),
        element("privateDnsName", [dns]),
        element("tagSet", Object.entries(tags).map(tagItem)),
      ]),
    ]),
  ]);
}

function tagItem([key, value]: readonly [string, string]): string {
  return element("item", [element("key", [escapeXml(key)]), element("value", [escapeXml(value)])]);
}

/** Children are XML already. */
function element(name: string, children: readonly string[]): string {
  return `<${name}>${children.join("")}</${name}>`;
}

function privateAddress(instance: string): string {
  const digits = hexOf("address", instance);
  const octet = (place: number): number => Number.parseInt(digits.slice(place, place + 2), 16);
  return `10.${octet(0)}.${octet(2)}.${octet(4)}`;
}
