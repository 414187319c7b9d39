import { readFileSync } from "node:fs";
import { groupBy } from "../../core/group-by.js";
import { type LaneKey, laneKey } from "../../core/lane.js";
import { type DocumentKind, readDocument } from "../../environment/document-file.js";
import { declaredFleet } from "../../environment/fleet.js";
import { loadEnvironment, type Problem } from "../../environment/load.js";
import { type Environment, environmentSchema } from "../../environment/schema.js";
import { readYaml } from "../../environment/yaml.js";
import type { FleetServer, NoticeDelivery, StagingTrust } from "../services/drs/drs.js";
import type { DrsSwitches } from "../services/drs/switches.js";
import type { QuotaOverrides } from "../services/service-quotas.js";
import { fleetFindings } from "./fleet-checks.js";
import { machineOfServer } from "./fleet-machine.js";
import { type EmulatedLane, type FleetDeclaration, fleetSchema } from "./fleet-schema.js";
import { extendedServersOf, trustsOf } from "./fleet-staging.js";
import { switchFindings } from "./switch-schema.js";

/** What an emulator begins with. */
export interface EmulatedFleet {
  readonly servers: readonly FleetServer[];
  /** Where DRS is initialised, in the order of the file; at least one. */
  readonly lanes: readonly LaneKey[];
  /** Quotas of lanes that differ from those AWS gives everybody. */
  readonly quotas: ReadonlyMap<LaneKey, QuotaOverrides>;
  readonly stagingTrusts: readonly StagingTrust[];
  /** Those that differ from the defaults. */
  readonly switches: Partial<DrsSwitches>;
  readonly eventBridge: NoticeDelivery & { readonly snapshots?: boolean; readonly target?: string };
  /** By server, where the file says how long its launch takes. */
  readonly launchSeconds: ReadonlyMap<string, number>;
}

/** A fleet without a fault, or everything that is wrong with its file. */
export type LoadedFleet =
  | { readonly ok: true; readonly fleet: EmulatedFleet }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a fleet file or an environment file, by what is in it: whatever has one of the keys that
 * only an environment has is one. Never throws.
 */
export function loadFleet(path: string): LoadedFleet {
  if (!isEnvironment(path)) {
    const read = readDocument(fleetFile, path);
    return read.ok ? { ok: true, fleet: fleetOfDeclaration(read.value) } : read;
  }
  const loaded = loadEnvironment(path);
  return loaded.ok ? { ok: true, fleet: fleetOfEnvironment(loaded.environment) } : loaded;
}

/** A fleet file, for whoever reads one. */
export const fleetFile: DocumentKind<typeof fleetSchema> = {
  what: "a fleet file or an environment file",
  startFrom: "Start from examples/emulated-fleet/fleet.yaml.",
  schemaFor: () => fleetSchema,
  crossCheck: (raw) => [...fleetFindings(raw), ...switchFindings(Object(raw).switches)],
};

const keysOfEnvironments = Object.keys(environmentSchema.shape).filter(
  (key) => !(key in fleetSchema.shape),
);

function isEnvironment(path: string): boolean {
  const value = valueIn(path);
  if (typeof value !== "object" || value === null) return false;
  return keysOfEnvironments.some((key) => Object.hasOwn(value, key));
}

function valueIn(path: string): unknown {
  try {
    return readYaml(readFileSync(path, "utf8")).value;
  } catch {
    return undefined; // whoever checks the file says why
  }
}

function fleetOfEnvironment(environment: Environment): EmulatedFleet {
  return {
    servers: declaredFleet(environment).map((server) => ({
      ...server,
      lane: laneKey(server.lane),
    })),
    lanes: environment.accounts.flatMap(({ id: account, lanes }) =>
      lanes.map(({ region }) => laneKey({ account, region })),
    ),
    quotas: new Map(),
    stagingTrusts: [],
    switches: {},
    eventBridge: {},
    launchSeconds: new Map(),
  };
}

/** What a fleet file says an emulator begins with. */
export function fleetOfDeclaration({
  lanes,
  switches = {},
  eventBridge = {},
}: FleetDeclaration): EmulatedFleet {
  const replicating = lanes.flatMap((lane) => serversOf(lane, "fleet"));
  const servers = [...replicating, ...extendedIn(lanes, replicating)];
  return {
    servers: servers.map(({ server }) => server),
    lanes: lanes.map(laneKey),
    quotas: new Map(lanes.map((lane) => [laneKey(lane), overridesOf(lane)])),
    stagingTrusts: lanes.flatMap(trustsOf),
    switches: given(switches),
    eventBridge: given(eventBridge),
    launchSeconds: new Map(
      servers.flatMap(({ server: { server }, launchSeconds }) =>
        launchSeconds === undefined ? [] : [[server, launchSeconds] as const],
      ),
    ),
  };
}

/** Extended servers are launched in the time of those that they stand for. */
function extendedIn(
  lanes: readonly EmulatedLane[],
  replicating: readonly DeclaredServer[],
): readonly DeclaredServer[] {
  const byLane = groupBy(replicating, ({ server }) => server.lane);
  const secondsOf = new Map(replicating.map((one) => [one.server.server, one.launchSeconds]));
  const serversIn = (lane: LaneKey) => (byLane.get(lane) ?? []).map(({ server }) => server);
  return lanes
    .flatMap((lane) => extendedServersOf(lane, serversIn))
    .map(({ server, of }) => ({ server, launchSeconds: secondsOf.get(of) }));
}

interface DeclaredServer {
  readonly server: FleetServer;
  readonly launchSeconds: number | undefined;
}

/** The servers of a lane, set by set; ids that nobody gave follow from name, lane and place alone. */
export function serversOf(
  { account, region, fleet }: EmulatedLane,
  name: string,
): readonly DeclaredServer[] {
  const sets = fleet.flatMap((set) => {
    const count = set.servers?.length ?? set.count ?? 0;
    return Array.from({ length: count }, (_, place) => ({ set, place }));
  });
  const lane = { region, servers: sets.length, fleet };
  const accounts = [{ id: account, name: account, lanes: [lane] }];
  return declaredFleet({ name, accounts, groups: [], plans: [] }).flatMap((server, at) => {
    const drawn = sets[at];
    if (drawn === undefined) return [];
    const { set, place } = drawn;
    const { replicationState, replicationError, lagSeconds, backlogBytes, launchSeconds } = set;
    return {
      server: {
        ...server,
        ...machineOfServer(set, server, place),
        lane: laneKey(server.lane),
        ...(replicationState !== undefined && { replicationState }),
        ...(replicationError !== undefined && { replicationError }),
        ...(lagSeconds !== undefined && { lagSeconds }),
        ...(backlogBytes !== undefined && { backlogBytes }),
      },
      launchSeconds,
    };
  });
}

/** The quotas that a lane says. */
export function overridesOf({ quotas = {} }: EmulatedLane): QuotaOverrides {
  return given(quotas);
}

/** The members that are there at all. */
function given<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
