import {
  arnOf,
  globalArn,
  type Made,
  type Making,
  named,
  type StandInType,
  text,
  uuid,
} from "./making.js";

/** Names, health checks, and what turns traffic. */
export const trafficTypes: Readonly<Record<string, StandInType>> = {
  "aws:apigateway/deployment:Deployment": {
    make: ({ digits }) => ({ id: short(digits), outputs: {} }),
  },
  "aws:apigateway/restApi:RestApi": named((making) => {
    const { digits, partition, region } = making;
    const id = short(digits);
    const arn = `arn:${partition}:apigateway:${region}::/restapis/${id}`;
    const executionArn = arnOf(making, "execute-api", id);
    return { id, outputs: { arn, executionArn, rootResourceId: short(digits.slice(10)) } };
  }),
  "aws:apigateway/stage:Stage": {
    make: ({ inputs }) => ({
      id: `ags-${text(inputs.restApi)}-${text(inputs.stageName)}`,
      outputs: {},
    }),
  },
  "aws:globalaccelerator/accelerator:Accelerator": named((making) => {
    const arn = globalArn(
      making,
      "globalaccelerator",
      `accelerator/${uuid(making)}`,
      making.account,
    );
    const dnsName = `a${making.digits.slice(0, 16)}.awsglobalaccelerator.com`;
    // Source: Global Accelerator endpoints, AWS General Reference: one hosted zone for all.
    return { id: arn, outputs: { arn, dnsName, hostedZoneId: "Z2BJ6XQ5FK7U4H" } };
  }),
  "aws:globalaccelerator/endpointGroup:EndpointGroup": {
    make: ({ inputs, digits }) => arnBelow(`${text(inputs.listenerArn)}/endpoint-group`, digits),
  },
  "aws:globalaccelerator/listener:Listener": {
    make: ({ inputs, digits }) => arnBelow(`${text(inputs.acceleratorArn)}/listener`, digits),
  },
  "aws:route53/healthCheck:HealthCheck": {
    make: (making) => {
      const id = uuid(making);
      return { id, outputs: { arn: globalArn(making, "route53", `healthcheck/${id}`) } };
    },
  },
  "aws:route53/record:Record": {
    make: ({ inputs }) => {
      const { zoneId, name, type, setIdentifier } = inputs;
      const parts = [zoneId, name, type, setIdentifier].map(text);
      const id = parts.filter((part) => part !== "").join("_");
      return { id, outputs: { fqdn: text(name), allowOverwrite: false } };
    },
  },
  "aws:route53recoverycontrol/cluster:Cluster": named((making) => {
    const arn = recoveryControlArn(making, `cluster/${uuid(making)}`);
    const clusterEndpoints = endpointRegions.map((region) => ({
      endpoint: `https://${making.digits.slice(0, 8)}.route53-recovery-cluster.${region}.amazonaws.com/v1`,
      region,
    }));
    return { id: arn, outputs: { arn, clusterEndpoints, status: "DEPLOYED" } };
  }),
  "aws:route53recoverycontrol/controlPanel:ControlPanel": named((making) => {
    const arn = recoveryControlArn(making, `controlpanel/${making.digits.slice(0, 32)}`);
    return { id: arn, outputs: { arn, defaultControlPanel: false, status: "DEPLOYED" } };
  }),
  "aws:route53recoverycontrol/routingControl:RoutingControl": named(({ inputs, digits }) =>
    arnBelow(`${text(inputs.controlPanelArn)}/routingcontrol`, digits),
  ),
  "aws:route53recoverycontrol/safetyRule:SafetyRule": named(({ inputs, digits }) =>
    arnBelow(`${text(inputs.controlPanelArn)}/safetyrule`, digits),
  ),
};

/**
 * Regions in which a cluster has its five endpoints.
 * Source: Application Recovery Controller Developer Guide, best practices for routing control.
 */
const endpointRegions = ["us-east-1", "ap-northeast-1", "eu-west-1", "ap-southeast-2", "us-west-2"];

function recoveryControlArn(making: Making, resource: string): string {
  return globalArn(making, "route53-recovery-control", resource, making.account);
}

/** What AWS names below something else. */
function arnBelow(above: string, digits: string): Made {
  const arn = `${above}/${digits.slice(0, 16)}`;
  return { id: arn, outputs: { arn } };
}

/** The ten characters by which API Gateway knows its things. */
function short(digits: string): string {
  return digits.slice(0, 10);
}
