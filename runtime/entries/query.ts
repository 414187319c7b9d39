import { drsOfLane } from "../adapters/drs.js";
import { quotasOfLane } from "../adapters/quotas.js";
import { systemClock } from "../adapters/system.js";
import { queryHandler } from "../handlers/query.js";
import { wireSpokes, wireTables } from "./wiring.js";

const { library, estate } = wireTables();
const credentialsOf = wireSpokes();

export const handler = queryHandler({
  library,
  estate,
  drs: drsOfLane(credentialsOf),
  quotas: quotasOfLane(credentialsOf),
  clock: systemClock,
});
