import { drsOfLane } from "../adapters/drs.js";
import { quotasOfLane } from "../adapters/quotas.js";
import { systemClock } from "../adapters/system.js";
import { queryHandler } from "../handlers/query.js";
import { wire } from "./wiring.js";

const { library, estate, credentialsOf } = wire();

export const handler = queryHandler({
  library,
  estate,
  drs: drsOfLane(credentialsOf),
  quotas: quotasOfLane(credentialsOf),
  clock: systemClock,
});
