import {
  DescribeJobsCommand,
  DescribeRecoveryInstancesCommand,
  DescribeSourceServersCommand,
  DrsClient,
  StartRecoveryCommand,
  TerminateRecoveryInstancesCommand,
} from "@aws-sdk/client-drs";
import { chunked } from "../core/chunked.js";
import { type Instant, toIso } from "../core/instant.js";
import type { Lane } from "../core/lane.js";
import type { Drs, DrsOfLane, StartRecoveryCall } from "../core/ports.js";
import type { Job, RecoveryInstance, SourceServer } from "../core/recovery/observation.js";
import { lateArrival, maxIdsPerFilter } from "../limits.js";
import type { CredentialsOfLane } from "./credentials.js";
import { callAnswer, isUninitialized, laneError } from "./drs-errors.js";
import { jobFrom, recoveryInstanceFrom, sourceServerFrom } from "./drs-wire.js";

/** No page size is documented; 200 is used in the field for source servers. */
const pageSize = 200;

/** Attempts of a read. Calls that change something are made once: they have no idempotency token. */
const readAttempts = 3;

/** DRS in every lane, with one client for reads and one for changes, kept while the function is warm. */
export function drsOfLane(credentialsOf: CredentialsOfLane): DrsOfLane {
  const known = new Map<string, Drs>();
  return (lane) => {
    const key = `${lane.account}/${lane.region}`;
    const drs = known.get(key) ?? drsOf(lane, credentialsOf);
    known.set(key, drs);
    return drs;
  };
}

function drsOf(lane: Lane, credentialsOf: CredentialsOfLane): Drs {
  const settings = {
    region: lane.region,
    credentials: credentialsOf(lane),
    requestHandler: {
      requestTimeout: lateArrival.httpTimeoutSeconds * 1000,
      connectionTimeout: 5_000,
    },
  };
  const reads = new DrsClient({ ...settings, maxAttempts: readAttempts });
  const changes = new DrsClient({ ...settings, maxAttempts: 1 });
  return {
    sourceServers: (ids) => told(lane, () => sourceServers(reads, ids)),
    jobsSince: (from) => told(lane, () => jobsSince(reads, from)),
    recoveryInstances: (servers) => told(lane, () => recoveryInstances(reads, servers)),
    startRecovery: (call) => callAnswer(() => startRecovery(changes, call)),
    terminate: (instances) => callAnswer(() => terminate(changes, instances)),
  };
}

/** A Region in which DRS was never initialised holds nothing. */
async function told<T>(lane: Lane, read: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await read();
  } catch (error) {
    if (isUninitialized(error)) return [];
    throw laneError(lane, error);
  }
}

async function sourceServers(
  client: DrsClient,
  ids: readonly string[] | undefined,
): Promise<readonly SourceServer[]> {
  const pages = await Promise.all(
    filters(ids).map((part) =>
      everyPage(async (paging) => {
        const command = new DescribeSourceServersCommand({
          filters: part ? { sourceServerIDs: [...part] } : {},
          maxResults: pageSize,
          ...paging,
        });
        return client.send(command);
      }),
    ),
  );
  return pages.flat().map(sourceServerFrom);
}

async function jobsSince(client: DrsClient, from: Instant): Promise<readonly Job[]> {
  const jobs = await everyPage(async (paging) => {
    const filters = { fromDate: toIso(from) };
    return client.send(new DescribeJobsCommand({ filters, maxResults: pageSize, ...paging }));
  });
  return jobs.map(jobFrom);
}

async function recoveryInstances(
  client: DrsClient,
  servers: readonly string[] | undefined,
): Promise<readonly RecoveryInstance[]> {
  const pages = await Promise.all(
    filters(servers).map((part) =>
      everyPage(async (paging) => {
        const command = new DescribeRecoveryInstancesCommand({
          filters: part ? { sourceServerIDs: [...part] } : {},
          maxResults: pageSize,
          ...paging,
        });
        return client.send(command);
      }),
    ),
  );
  return pages.flat().map(recoveryInstanceFrom);
}

/** Ids in parts that one filter takes; one part without filter when no ids are asked for. */
function filters(ids: readonly string[] | undefined): readonly (readonly string[] | undefined)[] {
  if (ids === undefined) return [undefined];
  return chunked(ids, maxIdsPerFilter);
}

/** DRS gives an absent or an empty token with the last page. */
async function everyPage<T>(
  page: (paging: { nextToken?: string }) => Promise<{
    items?: T[] | undefined;
    nextToken?: string | undefined;
  }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let paging: { nextToken?: string } | undefined = {};
  while (paging) {
    const { items, nextToken }: { items?: T[] | undefined; nextToken?: string | undefined } =
      await page(paging);
    all.push(...(items ?? []));
    paging = nextToken ? { nextToken } : undefined;
  }
  return all;
}

async function startRecovery(client: DrsClient, call: StartRecoveryCall): Promise<Job> {
  const { job } = await client.send(
    new StartRecoveryCommand({
      sourceServers: call.servers.map((sourceServerID) => ({ sourceServerID })),
      isDrill: call.isDrill,
      tags: { ...call.tags },
    }),
  );
  return jobFrom(job ?? { jobID: undefined });
}

async function terminate(client: DrsClient, instances: readonly string[]): Promise<Job> {
  const command = new TerminateRecoveryInstancesCommand({ recoveryInstanceIDs: [...instances] });
  const { job } = await client.send(command);
  return jobFrom(job ?? { jobID: undefined });
}
