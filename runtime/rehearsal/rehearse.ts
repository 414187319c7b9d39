import type { Instant } from "../core/instant.js";
import { type Lane, type LaneKey, laneKey } from "../core/lane.js";
import type { RecoveryPlan } from "../core/recovery/plan.js";
import type { ExecutionKind } from "../core/recovery/state.js";
import { type Deployment, deploymentOf, libraryOf } from "./deployment.js";
import type { BrokenInvariant, RehearsalDocument, WatchTrace } from "./document.js";
import { reportedServers, runExecution, type Told } from "./execution.js";
import type { FaultProfile } from "./faults/profile.js";
import { requireFleetFor } from "./fitting-fleet.js";
import { impliedFleet } from "./implied-fleet.js";
import { allowedSeconds } from "./observer/allowed-time.js";
import { Ledger } from "./observer/ledger.js";
import { trueLowerBoundSeconds } from "./observer/lower-bound.js";
import { createObserver } from "./observer/observer.js";
import { progressOf, type RehearsalProgress } from "./observer/progress.js";
import { membersOf, type Scene, type SceneMember, unusableServers } from "./observer/scene.js";
import {
  countOf,
  jobTraces,
  laneTraces,
  makespanSeconds,
  type Observed,
  serverTraces,
  waveTraces,
} from "./observer/traces.js";
import type { RegisteredResource } from "./program/registered.js";
import type { DrsEvent, FleetServer } from "./services/drs/drs.js";
import { letStrangersBegin, type Strangers } from "./strangers.js";
import { defectOf } from "./verdict.js";
import { createDatapoints } from "./watch/datapoints.js";
import { evaluateAlarms } from "./watch/evaluate-alarms.js";
import { letPublish } from "./watch/publisher.js";
import { createWorld, type World, type WorldOptions } from "./world.js";

export type { RehearsalProgress, Strangers };

/** A source server of the rehearsed estate. */
export type RehearsedServer = Omit<FleetServer, "lane"> & { readonly lane: Lane };

export interface RehearsalSettings {
  /** What the program registered: run it with `preview: false`, so that its outputs are known. */
  readonly resources: readonly RegisteredResource[];
  /** Folder from which the program's relative paths are taken. */
  readonly programFolder: string;
  /**
   * The servers that there are; by default those that the program itself speaks of. They must be
   * such that every wave selects some, in lanes where DRS is initialised.
   */
  readonly fleet?: readonly RehearsedServer[];
  /** Hub to rehearse, by its Pulumi name or its environment's; not needed where there is one. */
  readonly hub?: string;
  /** Plan to rehearse; not needed where the hub has one. */
  readonly plan?: string;
  readonly kind: ExecutionKind;
  /** Same seed, same rehearsal. */
  readonly seed: number;
  /**
   * Whether a drill's instances are ended with it.
   *
   * @defaultValue true
   */
  readonly cleanUp?: boolean;
  /** Whether servers that were recovered before are launched again. */
  readonly relaunchRecovered?: boolean;
  readonly strangers?: Strangers;
  /** What goes wrong while the execution runs. */
  readonly faults?: FaultProfile;
  readonly startAt?: Instant;
  readonly options?: WorldOptions;
  /** Called when a server or a job has begun or ended. */
  readonly onProgress?: (progress: RehearsalProgress) => void;
  /** Sees the world before the execution starts: to order failures, or to listen. */
  readonly onWorld?: (world: World) => void;
}

/**
 * Rehearses one plan of a program: deploys what it registered into emulated AWS, starts an
 * execution as an operator or a schedule would, lets virtual time run until it has ended, and
 * judges it by what DRS saw. Nothing outside of this process is touched.
 *
 * What goes wrong in the rehearsed program is in the document; only what cannot be rehearsed throws.
 */
export async function rehearse(settings: RehearsalSettings): Promise<RehearsalDocument> {
  const began = performance.now();
  const deployment = deploymentOf(settings.resources, settings.hub);
  const cast = castOf(settings, deployment);
  const world = await worldOf(settings, deployment, cast.fleet);
  try {
    settings.onWorld?.(world);
    const document = await perform(settings, deployment, cast, world);
    return { ...document, wallSeconds: (performance.now() - began) / 1000 };
  } finally {
    await world.close();
  }
}

/** Who takes part: the servers of the estate, and those that the plan is meant to recover. */
interface Cast {
  readonly fleet: readonly FleetServer[];
  readonly plan: RecoveryPlan;
  readonly members: ReadonlyMap<string, SceneMember>;
}

function castOf({ resources, ...settings }: RehearsalSettings, deployment: Deployment): Cast {
  const library = libraryOf(resources, deployment);
  const { plans, groups } = library;
  const plan = chosenPlan(plans, settings.plan);
  const servers = settings.fleet ?? impliedFleet(deployment, library);
  const fleet = servers.map((server) => ({ ...server, lane: laneKey(server.lane) }));
  if (settings.fleet) {
    requireFleetFor(plan, groups, fleet, [
      ...initialisedLanes(settings, deployment),
      ...fleet.map(({ lane }) => lane),
    ]);
  }
  return { fleet, plan, members: membersOf(plan, groups, fleet) };
}

function chosenPlan(plans: readonly RecoveryPlan[], named: string | undefined): RecoveryPlan {
  const chosen = plans.filter(({ name }) => named === undefined || named === name);
  const [plan, ...others] = chosen;
  if (plan !== undefined && others.length === 0) return plan;
  const known = plans.map(({ name }) => name).join(", ");
  const got = named === undefined ? "nothing" : `"${named}"`;
  throw new Error(`plan must be one that the program deploys (${known}), got ${got}.`);
}

/** Lanes where DRS is initialised, besides those where a server replicates. */
function initialisedLanes(
  { options }: Pick<RehearsalSettings, "options">,
  { spokes }: Deployment,
): readonly LaneKey[] {
  const declared = spokes.flatMap(({ account, lanes }) =>
    lanes.map(({ region }) => laneKey({ account, region })),
  );
  return options?.drs?.initialisedLanes ?? declared;
}

function worldOf(
  settings: RehearsalSettings,
  deployment: Deployment,
  fleet: readonly FleetServer[],
): Promise<World> {
  const { resources, programFolder, seed, startAt, options = {}, faults } = settings;
  const { executionFunctionArn, recoverPlanArn, recoverLaneArn } = deployment.hub;
  const asides = deployment.publisherArn === undefined ? [] : [deployment.publisherArn];
  return createWorld(resources, {
    entryPoints: [executionFunctionArn, recoverPlanArn, recoverLaneArn, ...asides],
    asides,
    fleet,
    seed,
    programFolder,
    ...(startAt === undefined ? {} : { startAt }),
    ...(faults === undefined ? {} : { faults }),
    options: {
      ...options,
      drs: { ...options.drs, initialisedLanes: initialisedLanes(settings, deployment) },
    },
  });
}

type Performed = Omit<RehearsalDocument, "wallSeconds">;

async function perform(
  settings: RehearsalSettings,
  deployment: Deployment,
  cast: Cast,
  world: World,
): Promise<Performed> {
  const { drs, clock } = world;
  const ledger = new Ledger();
  const listeners: ((event: DrsEvent) => void)[] = [(event) => ledger.apply(event)];
  drs.onEvent((event) => {
    // The ledger is about the execution; what counts the lanes besides only reads.
    if (world.functions.running()?.isAside && event.type === "call") return;
    for (const listener of listeners) listener(event);
  });
  if (settings.strangers) {
    await letStrangersBegin(settings.strangers, cast.plan, [...cast.members.values()], world);
  }

  const scene = sceneOf(settings, cast, world);
  const observer = createObserver(scene, ledger);
  listeners.push((event) => observer.on(event));
  const { onProgress } = settings;
  if (onProgress) {
    listeners.push(({ type, at }) => {
      if (type !== "call" && type !== "refused") onProgress(progressOf(scene, ledger, at));
    });
  }

  const { executionId, kind, cleanUp, relaunchRecovered } = scene;
  const order = { executionId, plan: cast.plan.name, kind, cleanUp, relaunchRecovered };
  const lanes = [...new Set([...cast.members.values()].map(({ lane }) => lane))].sort();
  world.faults.begin({ ...world, lanes, machines: deployment.hub });
  const runs = watch(settings, deployment, world);
  const told = await runExecution(world, deployment, order);
  const endedAt = clock.now();
  const reported = reportedServers(told, cast.members.values());
  const broken = observer.end(endedAt, reported);
  const observed = { scene, ledger, reported, endedAt };
  const { denials } = world.guard;
  const defect = defectOf({ ...world, denials, executions: world.states.executions() });
  const unused = world.guard.unusedGrants();
  const judged =
    defect === undefined ? told : { ...told, outcome: "failed" as const, cause: defect };
  const injected = world.faults.injected();
  return {
    ...documentOf(settings, deployment, cast, observed, judged, broken, injected),
    ...(deployment.publisherArn !== undefined && {
      watching: watched(settings, deployment.publisherArn, world, scene.startedAt, runs()),
    }),
    unusedGrants: unused,
  };
}

/** Lets the deployed publisher count the lanes meanwhile; answers how often it did. */
function watch(
  { resources }: RehearsalSettings,
  { publisherArn }: Deployment,
  world: World,
): () => number {
  return publisherArn === undefined ? () => 0 : letPublish(resources, publisherArn, world);
}

/** What the publisher published, and what the deployed alarms made of it. */
function watched(
  { resources }: RehearsalSettings,
  publisherArn: string,
  { clock, invocations }: World,
  startedAt: Instant,
  runs: number,
): WatchTrace {
  const data = createDatapoints();
  const name = publisherArn.split(":").at(-1);
  for (const { functionName, lines } of invocations) if (functionName === name) data.read(lines);
  const alarms = evaluateAlarms(resources, data, startedAt, clock.now());
  return { runs, datapoints: data.count(), alarms };
}

function sceneOf(
  { kind, seed, cleanUp = true, relaunchRecovered = false, options }: RehearsalSettings,
  { plan, members, fleet }: Cast,
  { clock, sent, faults }: World,
): Scene {
  const isCleanedUp = kind === "drill" && cleanUp;
  const quotas = (lane: LaneKey) => options?.drs?.quotas?.(lane);
  return {
    executionId: `rehearsal-${seed}`,
    kind,
    cleanUp: isCleanedUp,
    relaunchRecovered,
    waves: plan.waves,
    members,
    unusable: unusableServers(fleet),
    startedAt: clock.now(),
    sent,
    allowedSeconds: allowedSeconds({
      plan,
      members: members.values(),
      cleanUp: isCleanedUp,
      quotas,
    }),
    disturbedUntil: faults.lastInjectedAt,
    quotas,
  };
}

function documentOf(
  { kind, seed, faults }: RehearsalSettings,
  { hub: { environment } }: Deployment,
  { plan: { name: plan, objectives } }: Cast,
  observed: Observed,
  { outcome, cause, heldBack }: Told,
  brokenInvariants: readonly BrokenInvariant[],
  injected: Readonly<Record<string, number>>,
): Omit<Performed, "unusedGrants"> {
  const { scene, ledger } = observed;
  const servers = serverTraces(observed);
  const ours = [...ledger.jobs.values()].filter(({ isOurs }) => isOurs);
  return {
    schemaVersion: 1,
    environment,
    plan,
    kind,
    seed,
    outcome,
    ...(cause === undefined ? {} : { cause }),
    servers: {
      total: servers.length,
      launched: countOf(servers, "launched"),
      failed: countOf(servers, "failed"),
      skipped: countOf(servers, "skipped"),
      terminated: servers.filter(({ terminatedAtSeconds }) => terminatedAtSeconds !== undefined)
        .length,
    },
    makespanSeconds: makespanSeconds(observed),
    lowerBoundSeconds: trueLowerBoundSeconds(observed),
    rtoMinutes: objectives.rtoMinutes,
    jobs: ours.filter(({ kind: ofJob }) => ofJob === "launch").length,
    calls: Object.fromEntries([...ledger.calls].sort(([a], [b]) => (a < b ? -1 : 1))),
    conflicts: ledger.conflicts,
    heldBack,
    lanes: laneTraces(observed, servers),
    waves: waveTraces(scene, servers),
    jobTraces: jobTraces(observed),
    serverTraces: servers,
    brokenInvariants,
    ...(faults === undefined ? {} : { faults: { profile: faults.name, injected } }),
  };
}
