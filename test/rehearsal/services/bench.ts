import {
  DescribeJobLogItemsCommand,
  DescribeJobsCommand,
  DescribeRecoveryInstancesCommand,
  DescribeSourceServersCommand,
  DrsClient,
  type Job,
  StartRecoveryCommand,
  TerminateRecoveryInstancesCommand,
} from "@aws-sdk/client-drs";
import { expect, onTestFinished } from "vitest";
import { plusSeconds } from "../../../runtime/core/instant.js";
import { type LaneKey, laneKey, laneOf } from "../../../runtime/core/lane.js";
import { createFaultBook } from "../../../runtime/rehearsal/emulator/fault-book.js";
import { isOfCalls } from "../../../runtime/rehearsal/faults/call-kinds.js";
import { faultProfile, type WrittenFault } from "../../../runtime/rehearsal/faults/profile.js";
import {
  createDrs,
  type DrsEmulator,
  type DrsEvent,
  type DrsOptions,
  type FleetServer,
} from "../../../runtime/rehearsal/services/drs/drs.js";
import {
  type Gateway,
  type GatewayOptions,
  startGateway,
} from "../../../runtime/rehearsal/services/gateway.js";
import type {
  CallRecord,
  ServiceReply,
  ServiceRequest,
} from "../../../runtime/rehearsal/services/service.js";
import { createServiceQuotas } from "../../../runtime/rehearsal/services/service-quotas.js";
import {
  type Credentials,
  createSessions,
  type Sessions,
} from "../../../runtime/rehearsal/services/sessions.js";
import { createSns, type SnsEmulator } from "../../../runtime/rehearsal/services/sns.js";
import { createSts, type StsOptions } from "../../../runtime/rehearsal/services/sts.js";
import { createVirtualClock, type VirtualClock } from "../../../runtime/rehearsal/virtual-clock.js";

export const account = "111122223333";
export const region = "eu-central-1";
export const lane: LaneKey = laneKey({ account, region });

export const topicArn = `arn:aws:sns:${region}:${account}:dr-prod-notifications`;

/** Ids by number: `s-00000000000000007`. */
export function serverId(number: number): string {
  return `s-${String(number).padStart(17, "0")}`;
}

export function serverIds(count: number, first = 1): readonly string[] {
  return Array.from({ length: count }, (_, index) => serverId(first + index));
}

export function fleetOf(count: number, where: LaneKey = lane): readonly FleetServer[] {
  return serverIds(count).map((server, index) => ({
    server,
    lane: where,
    tags: { app: index % 2 === 0 ? "shop" : "billing" },
    hostname: `host-${index + 1}`,
  }));
}

export interface Traced {
  readonly request: ServiceRequest;
  readonly reply: ServiceReply;
}

export interface Bench {
  readonly clock: VirtualClock;
  readonly drs: DrsEmulator;
  readonly sns: SnsEmulator;
  readonly gateway: Gateway;
  readonly sessions: Sessions;
  readonly calls: readonly CallRecord[];
  readonly events: readonly DrsEvent[];
  readonly traced: readonly Traced[];
  /** Lets time pass, with everything that falls into it. */
  pass(seconds: number): Promise<void>;
  credentials(roleName?: string, inAccount?: string): Credentials;
  /** How any client of an SDK reaches the gateway, as the operator. */
  access(where?: LaneKey): Access;
  client(where?: LaneKey): DrsClient;
}

export interface Access {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly maxAttempts: number;
}

export interface BenchOptions {
  readonly fleet?: readonly FleetServer[];
  readonly seed?: number;
  readonly drs?: DrsOptions;
  /** That calls meet, from the first on. */
  readonly faults?: readonly WrittenFault[];
  readonly decideTrust?: StsOptions["decideTrust"];
  readonly gateway?: Partial<GatewayOptions>;
}

/** A gateway with DRS behind it on a virtual clock, closed when the test ends. */
export async function startBench(options: BenchOptions = {}): Promise<Bench> {
  const clock = createVirtualClock();
  const drs = createDrs({
    timeline: clock,
    seed: options.seed ?? 1,
    fleet: options.fleet ?? fleetOf(4),
    ...(options.drs && { options: options.drs }),
  });
  const sessionIds = numbers();
  const sessions = createSessions({ newId: () => `session-${sessionIds.next().value}` });
  const calls: CallRecord[] = [];
  const traced: Traced[] = [];
  const events: DrsEvent[] = [];
  drs.onEvent((event) => events.push(event));
  const sns = createSns({ clock, topicExists: (arn) => arn === topicArn });
  const book = createFaultBook(options.seed ?? 1, clock);
  const { faults } = faultProfile("bench", options.faults ?? []);
  for (const fault of faults.filter(isOfCalls)) book.arm(fault);
  const gateway = await startGateway({
    services: [
      drs,
      sns,
      createSts({
        sessions,
        clock,
        decideTrust: options.decideTrust ?? (() => ({ allowed: true, reason: "" })),
      }),
      createServiceQuotas(options.drs?.quotas ? { quotas: options.drs.quotas } : {}),
    ],
    sessions,
    authorize: () => ({ allowed: true, reason: "" }),
    timeline: clock,
    onCall: (call) => calls.push(call),
    trace: (request, reply) => traced.push({ request, reply }),
    around: (call, answer) => book.around(call, answer),
    ...options.gateway,
  });
  onTestFinished(() => gateway.close());
  const credentials = (roleName = "operator", inAccount = account): Credentials =>
    sessions.issue(`arn:aws:iam::${inAccount}:role/${roleName}`, "test", clock.now(), 43_200);
  const access = (where = lane): Access => {
    const { account: inAccount, region: inRegion } = laneOf(where);
    return {
      endpoint: gateway.url,
      region: inRegion,
      credentials: credentials("operator", inAccount),
      maxAttempts: 1,
    };
  };
  return {
    clock,
    drs,
    sns,
    gateway,
    sessions,
    calls,
    events,
    traced,
    credentials,
    async pass(seconds) {
      let isOver = false;
      clock.at(plusSeconds(clock.now(), seconds), () => {
        isOver = true;
      });
      await clock.run(() => isOver, `${seconds} s`);
    },
    access,
    client(where) {
      const client = new DrsClient(access(where));
      onTestFinished(() => client.destroy());
      return client;
    },
  };
}

/** Starts a recovery of these servers and answers its job. */
export async function startRecovery(
  client: DrsClient,
  servers: readonly string[],
  more: { readonly isDrill?: boolean; readonly tags?: Record<string, string> } = {},
): Promise<Job> {
  const sourceServers = servers.map((sourceServerID) => ({ sourceServerID }));
  const { job } = await client.send(new StartRecoveryCommand({ sourceServers, ...more }));
  expect(job).toBeDefined();
  return job as Job;
}

export async function terminate(client: DrsClient, instances: readonly string[]): Promise<Job> {
  const recoveryInstanceIDs = [...instances];
  const { job } = await client.send(new TerminateRecoveryInstancesCommand({ recoveryInstanceIDs }));
  expect(job).toBeDefined();
  return job as Job;
}

export async function describeJobs(client: DrsClient): Promise<readonly Job[]> {
  const { items = [] } = await client.send(new DescribeJobsCommand({ maxResults: 1_000 }));
  return items;
}

export async function describeInstances(client: DrsClient, sourceServerIDs: string[] = []) {
  const command = new DescribeRecoveryInstancesCommand({
    filters: { sourceServerIDs },
    maxResults: 1_000,
  });
  const { items = [] } = await client.send(command);
  return items;
}

export async function describeServer(client: DrsClient, server: string) {
  const command = new DescribeSourceServersCommand({ filters: { sourceServerIDs: [server] } });
  const { items = [] } = await client.send(command);
  expect(items).toHaveLength(1);
  return items[0];
}

export async function jobLog(client: DrsClient, jobID: string | undefined) {
  const { items = [] } = await client.send(
    new DescribeJobLogItemsCommand({ jobID, maxResults: 1_000 }),
  );
  return items;
}

/** The body of the newest reply of an operation, as it went over the wire. */
export function lastBody(bench: Bench, operation: string): unknown {
  const found = bench.traced.findLast(({ request }) => request.path === `/${operation}`);
  return JSON.parse(String(found?.reply.body));
}

function* numbers(): Generator<number, never> {
  for (let number = 1; ; number += 1) yield number;
}
