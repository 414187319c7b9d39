import { STSClient } from "@aws-sdk/client-sts";
import { spokeCredentials } from "../runtime/adapters/credentials.js";
import { drsOfLane } from "../runtime/adapters/drs.js";
import { quotasOfLane } from "../runtime/adapters/quotas.js";
import { randomIds } from "../runtime/adapters/system.js";
import { instant } from "../runtime/core/instant.js";
import { type Lane, type LaneKey, laneKey } from "../runtime/core/lane.js";
import { listLanes } from "../runtime/handlers/inventory.js";
import { createDrs, type FleetServer } from "../runtime/rehearsal/services/drs/drs.js";
import { startGateway } from "../runtime/rehearsal/services/gateway.js";
import type { CallRecord } from "../runtime/rehearsal/services/service.js";
import { createSessions } from "../runtime/rehearsal/services/sessions.js";
import { createSts } from "../runtime/rehearsal/services/sts.js";
import { createVirtualClock } from "../runtime/rehearsal/virtual-clock.js";
import { type Figure, millisecondsOf } from "./figure.js";

const latencyMs = 100;
const serversALane = 250;

const lanes: readonly Lane[] = [
  { account: "111111111111", region: "us-east-1" },
  { account: "222222222222", region: "us-west-2" },
  { account: "333333333333", region: "us-east-2" },
  { account: "444444444444", region: "us-west-1" },
];

const fleet: readonly FleetServer[] = lanes.flatMap((lane, place) =>
  Array.from({ length: serversALane }, (_, ordinal) => {
    const hostname = `server-${place}-${ordinal}`;
    const server = `s-${String(place * serversALane + ordinal).padStart(17, "0")}`;
    return { server, lane: laneKey(lane), tags: {}, hostname };
  }),
);

/** Time to list all servers of all lanes when every call takes 100 ms, with new clients and credentials each time. */
export async function inventory(): Promise<readonly Figure[]> {
  const calls: CallRecord[] = [];
  const gateway = await startServices(calls);
  try {
    const list = () => listLanes(portsBehind(gateway), estate());
    const listed = await list();
    const baseline = longestLane(calls) * latencyMs;
    const servers = listed.reduce((sum, lane) => sum + lane.servers.length, 0);
    if (servers !== fleet.length) {
      throw new Error(`inventory must list ${fleet.length} servers, got ${servers}.`);
    }
    return [
      {
        name: `inventory of ${servers.toLocaleString("en")} servers in ${lanes.length} lanes, ${latencyMs} ms a call`,
        unit: "ms",
        value: await millisecondsOf(list),
        against: "the calls of the longest lane, one after another",
        baseline,
      },
    ];
  } finally {
    await gateway.close();
  }
}

type Services = Awaited<ReturnType<typeof startServices>>;

/** DRS and STS on one port, where every role may do everything. */
async function startServices(calls: CallRecord[]) {
  const clock = createVirtualClock(instant(Date.now()));
  const sessions = createSessions({ newId: randomIds });
  const allowed = () => ({ allowed: true, reason: "this is a benchmark" });
  const hub = "arn:aws:iam::777788889999:role/hub";
  const gateway = await startGateway({
    services: [
      createDrs({ timeline: clock, seed: 1, fleet }),
      createSts({ sessions, clock, decideTrust: allowed }),
    ],
    sessions,
    timeline: clock,
    authorize: allowed,
    onCall: (call) => calls.push(call),
    latencyMs,
  });
  const caller = sessions.issue(hub, "bench", clock.now(), 3_600);
  return { ...gateway, caller };
}

function portsBehind({ url, caller }: Services) {
  // The DRS client of a lane takes its endpoint from the environment, as in a function.
  process.env.AWS_ENDPOINT_URL = url;
  const sts = new STSClient({ region: "us-east-1", credentials: caller });
  const spoke = { roleName: "spoke", externalId: "bench", sessionName: "bench" };
  const credentialsOf = spokeCredentials(sts, spoke);
  return { drs: drsOfLane(credentialsOf), quotas: quotasOfLane(credentialsOf) };
}

function estate() {
  return lanes.map((lane, place) => ({
    ...lane,
    accountName: `account-${place}`,
    declaredServers: serversALane,
  }));
}

/** Calls of the lane that needs most of them. AssumeRole runs in the hub's account, once a lane. */
function longestLane(calls: readonly CallRecord[]): number {
  const byLane = new Map<LaneKey, number>();
  for (const call of calls.filter(({ service }) => service === "drs")) {
    const key = laneKey(call);
    byLane.set(key, (byLane.get(key) ?? 1) + 1);
  }
  return Math.max(...byLane.values());
}
