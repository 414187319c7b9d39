import { globalArn, type StandInType, text, uuid } from "./making.js";

/** Names, health checks and what turns traffic. All of it is global: nothing here has a Region. */
export const trafficTypes: Readonly<Record<string, StandInType>> = {
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
