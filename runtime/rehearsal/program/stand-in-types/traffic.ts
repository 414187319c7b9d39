import { arnOf, globalArn, named, type StandInType, text, uuid } from "./making.js";

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
};

/** The ten characters by which API Gateway knows its things. */
function short(digits: string): string {
  return digits.slice(0, 10);
}
