import { drsOfLane } from "../adapters/drs.js";
import { emfMetrics } from "../adapters/emf.js";
import { quotasOfLane } from "../adapters/quotas.js";
import { jsonLog, systemClock } from "../adapters/system.js";
import { capacityPublisherHandler } from "../handlers/capacity-publisher.js";
import { requiredEnv, wireEstate, wireSpokes } from "./wiring.js";

const credentialsOf = wireSpokes();
const environment = requiredEnv("ENVIRONMENT");

export const handler = capacityPublisherHandler({
  environment,
  estate: wireEstate(),
  drs: drsOfLane(credentialsOf),
  quotas: quotasOfLane(credentialsOf),
  clock: systemClock,
  metrics: emfMetrics(environment, systemClock),
  log: jsonLog(requiredEnv("AWS_LAMBDA_FUNCTION_NAME")),
});
