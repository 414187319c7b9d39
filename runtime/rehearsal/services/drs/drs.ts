import { type Instant, latest, plusSeconds } from "../../../core/instant.js";
import { type LaneKey, laneKey } from "../../../core/lane.js";
import type { EmulatedService, ServiceReply, ServiceRequest } from "../service.js";
import { parseBody } from "./body.js";
import { checkInput } from "./check-input.js";
import type { Author, DrsEventListener } from "./events.js";
import { replicatingServer } from "./extension.js";
import { connectFailbackClient } from "./failback.js";
import type { JobRecord, LaneRecord, RecoveryInstanceRecord, SourceServerRecord } from "./model.js";
import type { Answer, Call, Operation } from "./operation.js";
import type {
  CreateDrsOptions,
  FleetServer,
  LaunchPhase,
  OrderedFailure,
  ReplicationChange,
} from "./options.js";
import { Refusal } from "./refusal.js";
import { lagSecondsNow } from "./replicated-data.js";
import { setReplication } from "./replication.js";
import { withTags } from "./request-context.js";
import { operations, routeOf } from "./routes.js";
import { announceSnapshots } from "./snapshot-notices.js";
import { World } from "./world.js";

export type { DrsEvent, DrsEventListener } from "./events.js";
export type { DrsNotice, NoticeDelivery } from "./notices.js";
export type {
  CreateDrsOptions,
  DrsOptions,
  FleetServer,
  LaunchPhase,
  OrderedFailure,
  ReplicationChange,
  StagingTrust,
} from "./options.js";
export { defaultSwitches, unknowns } from "./switches.js";

/** What a stranger's call came to. */
export type StrangerAnswer =
  | { readonly jobId: string }
  | { readonly refused: string; readonly message: string };

/** What can be seen of the emulator, and done to it, besides the API. Snapshots: they do not change later. */
export interface DrsEmulator extends EmulatedService {
  /** Every lane that was declared or asked for. */
  lanes(): readonly LaneKey[];
  /** Initialises DRS in a lane, as its InitializeService does. */
  initialise(lane: LaneKey): void;
  /** Lets a server replicate from now on. Throws when its lane has it already. */
  addServer(server: FleetServer): void;
  servers(lane: LaneKey): readonly Readonly<SourceServerRecord>[];
  /** Oldest first. */
  jobs(lane: LaneKey): readonly Readonly<JobRecord>[];
  instances(lane: LaneKey): readonly Readonly<RecoveryInstanceRecord>[];
  /** Somebody else in the account: the same rules, but no IAM and no faults. */
  readonly stranger: {
    startRecovery(
      lane: LaneKey,
      servers: readonly string[],
      options?: { readonly isDrill?: boolean },
    ): StrangerAnswer;
    terminate(lane: LaneKey, instances: readonly string[]): StrangerAnswer;
  };
  /** Makes the next launches of a server fail in a phase; always, when no number is given, and never for 0. */
  failServer(server: string, phase: LaunchPhase, times?: number): void;
  /** What {@link failServer} ordered and has not happened yet. */
  orderedFailures(): readonly OrderedFailure[];
  /** Sets how a server replicates from now on. */
  setReplication(server: string, change: ReplicationChange): void;
  /** Whether a staging account has the role for a target account: without it, extended servers are in error. */
  setTrust(staging: string, target: string, isTrusted: boolean): void;
  /** A failback client on a machine outside of AWS pairs with this recovery instance and copies it. */
  connectFailbackClient(lane: LaneKey, instance: string): void;
  /** From now on, reads can be answered as things stood up to a minute ago. Costs a copy of a lane an event. */
  rememberPast(): void;
  /** Listens until the function that is answered is called. */
  onEvent(listener: DrsEventListener): () => void;
}

/**
 * Emulates AWS Elastic Disaster Recovery for all accounts and Regions of a fleet. State is kept per
 * account and Region and moves only on the timeline; ids and durations follow from the seed.
 */
export function createDrs(options: CreateDrsOptions): DrsEmulator {
  const world = new World(options);
  const { onNotice, announcesSnapshots = true } = world.options;
  if (onNotice && announcesSnapshots) announceSnapshots(world);
  return {
    signingNames: ["drs"],
    operationOf: (request) => routeOf(request.method, request.path)?.operation.name ?? "unknown",
    rightsOf(request) {
      const route = routeOf(request.method, request.path);
      if (!route) return [];
      return readable(() => {
        const call = callOf(world, request, route.resourceArn);
        return withTags(call, route.operation.rights(call));
      }, []);
    },
    answer: async (request) => answer(world, request),
    denied: (request, message) => {
      const route = routeOf(request.method, request.path);
      const refusal = new Refusal("AccessDeniedException", message);
      if (route) note(world, request, route.operation, refusal);
      return refusal.reply();
    },
    lanes: () => world.laneKeys(),
    initialise(lane) {
      world.lane(lane).isInitialised = true;
    },
    addServer: (server) => world.add(server),
    servers: (lane) =>
      [...world.lane(lane).servers.values()].map((server) => ({
        ...structuredClone(server),
        lagSeconds: lagSecondsNow(world, replicatingServer(world, server) ?? server),
      })),
    jobs: (lane) => structuredClone(world.lane(lane).jobs),
    instances: (lane) => structuredClone([...world.lane(lane).instances.values()]),
    stranger: {
      startRecovery: (lane, servers, { isDrill = false } = {}) => {
        const sourceServers = servers.map((sourceServerID) => ({ sourceServerID }));
        return asStranger(world, lane, "StartRecovery", { sourceServers, isDrill });
      },
      terminate: (lane, instances) =>
        asStranger(world, lane, "TerminateRecoveryInstances", { recoveryInstanceIDs: instances }),
    },
    failServer: (server, phase, times = Number.POSITIVE_INFINITY) =>
      world.orderFailure(server, phase, times),
    orderedFailures: () => world.orderedFailures(),
    setReplication: (server, change) => changeReplication(world, server, change),
    setTrust: (staging, target, isTrusted) => world.trust(staging, target, isTrusted),
    connectFailbackClient(lane, instance) {
      const record = world.lane(lane).instances.get(instance);
      if (!record) throw new Error(`instance must be one of ${lane}, got "${instance}".`);
      connectFailbackClient(world, record);
    },
    rememberPast: () => world.rememberPast(),
    onEvent: (listener) => world.listen(listener),
  };
}

/** An extended server's replication is that of its staging account. */
function changeReplication(world: World, id: string, change: ReplicationChange): void {
  const server = world.findServer(id);
  setReplication(world, replicatingServer(world, server) ?? server, change);
}

function answer(world: World, request: ServiceRequest): ServiceReply {
  const route = routeOf(request.method, request.path);
  if (!route) {
    const wanted = `${request.method} ${request.path}`;
    return new Refusal(
      "NotEmulated",
      `Operation must be an emulated one, got "${wanted}".`,
    ).reply();
  }
  const { operation } = route;
  const lane = laneOfRequest(world, request);
  const asOf = asOfMoment(world, request, operation);
  const at = world.now();
  world.emit({
    type: "call",
    operation: operation.name,
    lane: lane.lane,
    by: request.principal.roleArn,
    at,
    ...(asOf && { asOf }),
  });
  try {
    const call = callOf(world, request, route.resourceArn);
    const answered = perform(
      operation,
      asOf ? { ...call, lane: world.laneAsOf(lane.lane, asOf) } : call,
    );
    hideJob(world, lane, operation, request.hidesJobSeconds);
    return replyOf(answered);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    note(world, request, operation, error);
    return error.reply();
  }
}

/** Keeps the job that an operation has just opened out of DescribeJobs for a while. */
function hideJob(world: World, lane: LaneRecord, { startsJob }: Operation, seconds = 0): void {
  const newest = startsJob ? lane.jobs.at(-1) : undefined;
  if (newest) newest.visibleFrom = latest(newest.visibleFrom, plusSeconds(world.now(), seconds));
}

/** Reads alone may lag behind. */
function asOfMoment(
  world: World,
  { asOfSecondsAgo }: ServiceRequest,
  { name }: Operation,
): Instant | undefined {
  const isRead = name.startsWith("Describe");
  return isRead && asOfSecondsAgo ? plusSeconds(world.now(), -asOfSecondsAgo) : undefined;
}

function perform(operation: Operation, call: Call): Answer {
  if (operation.needsInitialisedAccount && !call.lane.isInitialised) {
    throw new Refusal("UninitializedAccountException", "Account is not initialized");
  }
  checkInput(operation.name, call);
  return operation.run(call);
}

function asStranger(world: World, key: LaneKey, name: string, body: object): StrangerAnswer {
  const operation = operations.find((one) => one.name === name);
  if (!operation) throw new Error(`operation must be an emulated one, got "${name}".`);
  const lane = world.lane(key);
  const call = {
    world,
    lane,
    body: { ...body },
    query: new URLSearchParams(),
    resourceArn: "",
    caller: { by: "stranger" },
  };
  try {
    perform(operation, call);
    return { jobId: lane.jobs.at(-1)?.jobId ?? "" };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    emitRefused(world, call, operation, error);
    return { refused: error.code, message: error.message };
  }
}

function note(world: World, request: ServiceRequest, operation: Operation, refusal: Refusal): void {
  const body = readable(() => parseBody(request.body), {});
  const lane = laneOfRequest(world, request);
  emitRefused(world, { lane, body, caller: { by: request.principal.roleArn } }, operation, refusal);
}

function emitRefused(
  world: World,
  { lane, body, caller }: Pick<Call, "lane" | "body" | "caller">,
  operation: Operation,
  { code, detail: { quotaCode } }: Refusal,
): void {
  const by: Author = caller.by;
  world.emit({
    type: "refused",
    operation: operation.name,
    lane: lane.lane,
    code,
    ...(quotaCode !== undefined && { quotaCode }),
    servers: serversNamedIn(lane, body),
    by,
    at: world.now(),
  });
}

/** Servers that a call names, itself or by their instances. */
function serversNamedIn(lane: LaneRecord, body: Call["body"]): readonly string[] {
  const { sourceServers, recoveryInstanceIDs } = body;
  const servers = Array.isArray(sourceServers)
    ? sourceServers.map((entry) => String(Object(entry).sourceServerID))
    : [];
  const instances = Array.isArray(recoveryInstanceIDs) ? recoveryInstanceIDs.map(String) : [];
  return [...servers, ...instances.flatMap((id) => lane.instances.get(id)?.server ?? [])];
}

function callOf(world: World, request: ServiceRequest, resourceArn: string): Call {
  const { principal, query } = request;
  return {
    world,
    lane: laneOfRequest(world, request),
    body: parseBody(request.body),
    query,
    resourceArn,
    caller: { by: principal.roleArn, principal },
  };
}

function laneOfRequest(world: World, { principal, region }: ServiceRequest): LaneRecord {
  return world.lane(laneKey({ account: principal.account, region }));
}

/** What `read` answers, or `otherwise` when the request cannot be read; its answer will then say so. */
function readable<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return otherwise;
    throw error;
  }
}

function replyOf({ status, body }: Answer): ServiceReply {
  return {
    status,
    headers: body ? { "content-type": "application/json" } : {},
    body: body ? JSON.stringify(body) : "",
  };
}
