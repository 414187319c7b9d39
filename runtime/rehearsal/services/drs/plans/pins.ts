import { checkId, idPatterns, objectsOf, optionalText, requiredText } from "../body.js";
import type { Call } from "../operation.js";
import { invalidField, Refusal } from "../refusal.js";
import { type PlanRecord, serverIdOf, serversOf } from "./model.js";

/** Source: API model, RecoveryPlanExecutionSourceServerList. */
const mostPins = 200;

/** The points in time that a call chose for servers of the plan. Source: user guide, running a recovery plan. */
export function readPins({ body }: Call, plan: PlanRecord): ReadonlyMap<string, string> {
  const given = objectsOf(body, "sourceServers", 0, mostPins).map((entry) => ({
    server: checkId("sourceServerID", requiredText(entry, "sourceServerID"), idPatterns.server),
    snapshot: optionalText(entry, "recoverySnapshotID"),
  }));
  const inPlan = new Set(
    serversOf(plan.steps.map(({ configuration }) => configuration)).map(serverIdOf),
  );
  refuseSome(
    "Source server IDs not found in plan",
    given.filter(({ server }) => !inPlan.has(server)),
  );
  refuseSome(
    "Missing recoverySnapshotID for servers",
    given.filter(({ snapshot }) => snapshot === undefined),
  );
  const pins = new Map<string, string>();
  for (const { server, snapshot = "" } of given) {
    if (pins.has(server)) throw invalidField("sourceServers", `must name ${server} once`);
    pins.set(server, checkId("recoverySnapshotID", snapshot, idPatterns.snapshot));
  }
  return pins;
}

function refuseSome(what: string, some: readonly { readonly server: string }[]): void {
  if (some.length === 0) return;
  const message = `${what}: ${some.map(({ server }) => server).join(", ")}`;
  throw new Refusal("ValidationException", message, { members: { reason: "other" } });
}
