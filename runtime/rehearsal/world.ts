import type { Instant } from "../core/instant.js";
import { noFaults } from "./faults/built-in.js";
import { createFaults, type Faults } from "./faults/faults.js";
import type { FaultProfile } from "./faults/profile.js";
import { createGuard, type Guard } from "./guard.js";
import { customerKeysOf, readReachable, resourcePoliciesOf, rolesOf } from "./iam/index.js";
import { createLambdaHost, type InvocationRecord, type LambdaHost } from "./lambda/host.js";
import { functionsOf } from "./lambda/hosted-function.js";
import type { StartSandbox } from "./lambda/pool.js";
import { threadSandboxes } from "./lambda/thread-sandbox.js";
import { type SentCall, watchJournal } from "./observer/journal-watch.js";
import type { RegisteredResource } from "./program/registered.js";
import {
  decideMachines,
  decideSchedules,
  firstRoles,
  requestedByService,
} from "./service-calls.js";
import {
  createDrs,
  type DrsEmulator,
  type DrsOptions,
  type FleetServer,
} from "./services/drs/drs.js";
import { startGateway } from "./services/gateway.js";
import { fractionOf, hexOf } from "./services/hashing.js";
import type { CallRecord } from "./services/service.js";
import { createServiceQuotas } from "./services/service-quotas.js";
import { createSessions, principalOfRole } from "./services/sessions.js";
import { createSns, type PublishedMessage } from "./services/sns.js";
import { createSts } from "./services/sts.js";
import {
  createStates,
  readDefinition,
  type States,
  UnsupportedDefinition,
} from "./states-language/index.js";
import { createTables, type Tables } from "./tables.js";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.js";

export interface WorldOptions {
  /** Switches, durations, quotas and faults of DRS. What IAM says to EC2 calls comes from the roles. */
  readonly drs?: Omit<DrsOptions, "authorizeOnBehalf">;
  /**
   * Real seconds in which a function may use up one second of its time-out.
   *
   * @defaultValue 5
   */
  readonly realTimeFactor?: number;
  /** What stands for Lambda's environments. Worker threads when absent. */
  readonly startSandbox?: StartSandbox;
  /** Whether functions run in this thread: quicker and less closed, see {@link threadSandboxes}. */
  readonly inThisThread?: boolean;
}

export interface WorldSettings {
  /** ARNs of the functions and machines by which an execution begins. */
  readonly entryPoints: readonly string[];
  /** ARNs of functions that run besides what is rehearsed. */
  readonly asides?: readonly string[];
  readonly fleet: readonly FleetServer[];
  /** Ids, durations and jitter repeat with it. */
  readonly seed: number;
  /** `defaultStart` when absent. */
  readonly startAt?: Instant;
  /** Folder from which the program's relative paths are taken. */
  readonly programFolder: string;
  readonly options?: WorldOptions;
  /** What goes wrong. Nothing when absent. */
  readonly faults?: FaultProfile;
}

/** A program's resources at work on one virtual clock: nothing in it is copied by hand. */
export interface World {
  readonly clock: VirtualClock;
  readonly drs: DrsEmulator;
  readonly states: States;
  readonly tables: Tables;
  /** Calls that changed lanes, with what the journal held when they were sent. */
  readonly sent: readonly SentCall[];
  readonly functions: LambdaHost;
  readonly faults: Faults;
  /** Calls that came through the gateway. */
  readonly calls: readonly CallRecord[];
  /** What IAM refused, and what it never had to allow. */
  readonly guard: Pick<Guard, "denials" | "unusedGrants">;
  readonly invocations: readonly InvocationRecord[];
  published(): readonly PublishedMessage[];
  close(): Promise<void>;
}

/** Seconds for which a sandbox's credentials last. */
const sandboxSessionSeconds = 6 * 3_600;

/**
 * Builds a world from what a program registered: functions, tables and their items, state machines,
 * roles, topics. `close` ends its threads and sockets.
 */
export async function createWorld(
  resources: readonly RegisteredResource[],
  settings: WorldSettings,
): Promise<World> {
  const { entryPoints, fleet, seed, startAt, programFolder } = settings;
  const { options = {}, faults: profile = noFaults } = settings;
  const clock = createVirtualClock(startAt);
  const roles = rolesOf(resources);
  readReachable(roles, firstRoles(resources, entryPoints));
  const resourcePolicies = resourcePoliciesOf(resources);
  const guard = createGuard(
    { roles, resourcePolicies, customerKeys: customerKeysOf(resources) },
    clock.now,
  );
  const calls: CallRecord[] = [];
  const invocations: InvocationRecord[] = [];
  const sessions = createSessions({ newId: numbered(seed, "session") });
  const quotas = options.drs?.quotas;
  const faults = createFaults(profile, { seed, clock, running: () => functions.running() });

  const drs = createDrs({
    timeline: clock,
    seed,
    fleet,
    options: {
      ...options.drs,
      authorizeOnBehalf: guard.authorize,
    },
  });
  if (faults.readsThePast) drs.rememberPast();
  const topics = new Set(arnsOf(resources, "aws:sns/topic:Topic"));
  const sns = createSns({ clock, topicExists: (arn) => topics.has(arn) });
  const tables = await createTables(resources);
  const journal = watchJournal(tables.service, clock);
  const states = createStates({
    timeline: clock,
    random: sequence(seed, "states"),
    newId: numbered(seed, "states"),
    invokeFunction: (arn, payload) => faults.deliver(payload, () => functions.invoke(arn, payload)),
    authorize: (roleArn, rights) => {
      const principal = principalOfRole(roleArn, "states");
      const decisions = rights.map((right) =>
        guard.authorize(principal, requestedByService(right)),
      );
      return decisions.find(({ allowed }) => !allowed) ?? { allowed: true, reason: "all are" };
    },
  });
  const machines = machinesOf(resources);
  const ours = machines.filter(({ arn }) => entryPoints.includes(arn));
  const others = machines.filter((machine) => !ours.includes(machine) && canRun(machine));
  for (const machine of [...ours, ...others]) states.createMachine(machine);
  decideMachines(ours, guard);
  decideSchedules(resources, entryPoints, guard);

  const gateway = await startGateway({
    services: [
      drs,
      sns,
      journal.tables,
      states.service,
      createServiceQuotas(quotas ? { quotas } : {}),
      createSts({ sessions, clock, decideTrust: guard.mayAssume }),
    ],
    sessions,
    timeline: clock,
    authorize: guard.authorize,
    onCall: (record) => calls.push(record),
    onArrival: journal.arrived,
    around: faults.around,
  });
  const functions = createLambdaHost({
    functions: functionsOf(resources),
    clock,
    gatewayUrl: gateway.url,
    credentialsFor: (roleArn, sessionName, now) => {
      const { allowed, reason } = guard.trustsService(roleArn, "lambda.amazonaws.com", {});
      if (!allowed) throw new Error(`Lambda was unable to assume ${roleArn}: ${reason}`);
      return sessions.issue(roleArn, sessionName, now, sandboxSessionSeconds);
    },
    programFolder,
    seed,
    asides: new Set(settings.asides),
    realTimeFactor: options.realTimeFactor ?? 5,
    onInvocation: (record) => invocations.push(record),
    ...(options.startSandbox && { startSandbox: options.startSandbox }),
    ...(options.inThisThread && { startSandbox: threadSandboxes(gateway.exchange) }),
  });

  return {
    clock,
    drs,
    states,
    tables,
    sent: journal.sent,
    functions,
    faults,
    calls,
    guard,
    invocations,
    published: () => sns.published(),
    async close() {
      await functions.close();
      await gateway.close();
    },
  };
}

/** Machines beyond the rehearsed ones may be what the interpreter does not know: they are left out. */
function canRun({ definition }: { readonly definition: unknown }): boolean {
  try {
    return readDefinition(definition) !== undefined;
  } catch (thrown) {
    if (thrown instanceof UnsupportedDefinition) return false;
    throw thrown;
  }
}

function machinesOf(resources: readonly RegisteredResource[]) {
  return resources
    .filter(({ type }) => type === "aws:sfn/stateMachine:StateMachine")
    .map(({ urn, inputs, outputs }) => {
      const { arn } = outputs;
      const { definition, roleArn } = inputs;
      if (typeof arn === "string" && typeof roleArn === "string")
        return { arn, definition, roleArn };
      throw new Error(`${urn} must have an ARN and a role that are known, to be rehearsed.`);
    });
}

function arnsOf(resources: readonly RegisteredResource[], wanted: string): readonly string[] {
  return resources
    .filter(({ type }) => type === wanted)
    .flatMap(({ outputs }) => (typeof outputs.arn === "string" ? outputs.arn : []));
}

/** Ids in the shape of UUIDs: the same ones, in the same order, for the same seed. */
function numbered(seed: number, what: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    const digits = hexOf(seed, what, count);
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
  };
}

/** Numbers from 0 to below 1: the same ones, in the same order, for the same seed. */
function sequence(seed: number, what: string): () => number {
  let count = 0;
  return () => {
    count += 1;
    return fractionOf(seed, what, count);
  };
}
