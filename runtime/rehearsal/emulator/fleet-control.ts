import { type LaneKey, laneKey, laneOf } from "../../core/lane.js";
import type { Path } from "../../environment/path.js";
import { type Finding, quoted } from "../../environment/problem.js";
import type { drsQuotas } from "../../limits.js";
import { quotaIn } from "../services/service-quotas.js";
import type { FleetBody } from "./control-schemas.js";
import { errorsOfOthers, fleetFindings } from "./fleet-checks.js";
import { overridesOf, serversOf } from "./fleet-file.js";
import { extendedServersOf, trustsOf } from "./fleet-staging.js";
import type { EmulatedWorld } from "./world.js";

/** Every lane as it stands. */
export function fleetDocument(world: EmulatedWorld): object {
  return { lanes: world.drs.lanes().map((lane) => laneDocument(world, lane)) };
}

const quotaNames = [
  "replicatingServers",
  "sourceServers",
  "concurrentJobs",
  "serversPerJob",
  "serversInAllJobs",
] as const satisfies readonly (keyof typeof drsQuotas)[];

function laneDocument({ drs, quotas }: EmulatedWorld, lane: LaneKey): object {
  const overrides = quotas.get(lane);
  return {
    ...laneOf(lane),
    quotas: Object.fromEntries(quotaNames.map((name) => [name, quotaIn(name, overrides)])),
    servers: drs
      .servers(lane)
      .map(({ server, hostname, tags, replicationState, lagSeconds, ...record }) => ({
        server,
        hostname,
        tags,
        replicationState,
        lagSeconds,
        lastLaunchResult: record.lastLaunchResult,
        ...(record.extension && { extends: record.extension.arn }),
        ...(record.origin && { origin: record.origin }),
        ...(record.direction && { direction: record.direction }),
        ...(record.reversed && { reversed: record.reversed.arn }),
        ...(record.replicationError !== undefined && {
          replicationError: record.replicationError,
        }),
        ...(record.recoveryInstance !== undefined && { instance: record.recoveryInstance }),
      })),
    jobs: drs.jobs(lane).map(({ jobId, kind, isDrill, status, by, participants }) => ({
      jobId,
      kind,
      isDrill,
      status,
      by,
      servers: participants.map(({ server, launchStatus }) => ({ server, launchStatus })),
    })),
    instances: drs
      .instances(lane)
      .map(({ instance, server, isDrill, state }) => ({ instance, server, isDrill, state })),
  };
}

/** What stops a change of the fleet. Nothing is changed unless all of it can be. */
export function fleetChangeFindings(world: EmulatedWorld, change: FleetBody): readonly Finding[] {
  const known = serverIds(world);
  const added = new Set<string>();
  const taken: Finding[] = [];
  for (const { id, path } of idsAddedBy(change)) {
    added.add(id);
    if (!known.has(id)) continue;
    const rule = "the id of a server that the fleet does not have";
    const remedy = "Set its replication instead.";
    taken.push({ path, rule, got: quoted(id), remedy, blames: "value" });
  }
  const missing = change.replication.flatMap(({ server }, index): readonly Finding[] => {
    if (known.has(server) || added.has(server)) return [];
    return [unknownServer(["replication", index, "server"], server)];
  });
  const errors = change.replication.flatMap(({ server, state, error }, index) => {
    if (error === undefined) return [];
    const then = state ?? stateOf(world, server);
    return errorsOfOthers(["replication", index, "error"], error, then);
  });
  const present = new Map(
    world.drs.lanes().map((lane) => [lane, new Set(idsIn(world, lane))] as const),
  );
  const strangers = change.failbackClients.flatMap(({ instance, ...lane }, index) => {
    const isThere = world.drs.instances(laneKey(lane)).some((one) => one.instance === instance);
    if (isThere) return [];
    const path = ["failbackClients", index, "instance"];
    const rule = `a recovery instance of ${laneKey(lane)}`;
    const remedy = "GET /_dr/fleet lists them.";
    return [{ path, rule, got: quoted(instance), remedy, blames: "value" as const }];
  });
  return [...strangers, ...fleetFindings(change, present), ...taken, ...missing, ...errors];
}

/** The finding about a server that a request names and the fleet does not have. */
export function unknownServer(path: Path, server: string): Finding {
  const rule = "the id of a server of the fleet";
  const remedy = "GET /_dr/fleet lists them.";
  return { path, rule, got: quoted(server), remedy, blames: "value" };
}

function stateOf({ drs }: EmulatedWorld, id: string): string | undefined {
  const servers = drs.lanes().flatMap((lane) => drs.servers(lane));
  return servers.find(({ server }) => server === id)?.replicationState;
}

export function serverIds({ drs }: EmulatedWorld): ReadonlySet<string> {
  return new Set(drs.lanes().flatMap((lane) => idsIn({ drs }, lane)));
}

function idsIn({ drs }: Pick<EmulatedWorld, "drs">, lane: LaneKey): readonly string[] {
  return drs.servers(lane).map(({ server }) => server);
}

function idsAddedBy({ lanes }: FleetBody) {
  return lanes.flatMap(({ fleet }, lane) =>
    fleet.flatMap(({ servers = [] }, set) =>
      servers.map((id, index) => ({
        id,
        path: ["lanes", lane, "fleet", set, "servers", index] as const,
      })),
    ),
  );
}

/** Makes a change that {@link fleetChangeFindings} has nothing against. */
export function changeFleet(world: EmulatedWorld, change: FleetBody): void {
  const { lanes, replication, trusts, failbackClients } = change;
  const { drs, quotas } = world;
  for (const { staging, target } of lanes.flatMap(trustsOf)) drs.setTrust(staging, target, true);
  for (const declared of lanes) {
    const lane = laneKey(declared);
    drs.initialise(lane);
    if (declared.quotas) quotas.set(lane, { ...quotas.get(lane), ...overridesOf(declared) });
    for (const { server, launchSeconds } of serversOf(declared, world.newFleetName())) {
      if (launchSeconds !== undefined) world.launchSeconds.set(server.server, launchSeconds);
      drs.addServer(server);
    }
  }
  extendServers(world, lanes);
  for (const { staging, target, isTrusted } of trusts) drs.setTrust(staging, target, isTrusted);
  for (const { server, ...wanted } of replication) drs.setReplication(server, wanted);
  for (const { instance, ...lane } of failbackClients) {
    drs.connectFailbackClient(laneKey(lane), instance);
  }
}

/** Extends what the lanes say, but for what is extended already. */
function extendServers(world: EmulatedWorld, lanes: FleetBody["lanes"]): void {
  const { drs, launchSeconds } = world;
  const known = serverIds(world);
  const serversIn = (lane: LaneKey) => drs.servers(lane).filter(({ extension }) => !extension);
  for (const { server, of } of lanes.flatMap((lane) => extendedServersOf(lane, serversIn))) {
    if (known.has(server.server)) continue;
    const seconds = launchSeconds.get(of);
    if (seconds !== undefined) launchSeconds.set(server.server, seconds);
    drs.addServer(server);
  }
}
