import type { Instant } from "../../core/instant.js";
import { type LaneKey, laneKey } from "../../core/lane.js";
import type { Clock } from "../../core/ports.js";
import type { EmulatedService, ServiceReply, ServiceRequest } from "../services/service.js";

/** A call by which a lane is changed, as it was sent: whether it arrives or not. */
export interface SentCall {
  readonly operation: string;
  readonly lane: LaneKey;
  readonly at: Instant;
  /** Source servers that it starts, or instances that it ends. */
  readonly targets: readonly string[];
  /** The batch of these very targets that the journal held then, as `<execution> <lane>#<number>`. */
  readonly batch?: string;
}

/** Stands between the journal's tables and whoever writes them, and sees what is sent to DRS. */
export interface JournalWatch {
  /** The tables, every write of which is read. */
  readonly tables: EmulatedService;
  /** Sees a call before anything is decided about it. */
  arrived(request: ServiceRequest): void;
  readonly sent: readonly SentCall[];
}

/** What is read of a batch that a lane's item holds. */
interface OpenBatch {
  readonly number: number;
  readonly servers: readonly string[];
  readonly instances?: readonly string[];
}

/** Calls that need an intent, with the members that name what they change. */
const changing: Readonly<Record<string, (body: Body) => readonly string[]>> = {
  StartRecovery: ({ sourceServers = [] }) => sourceServers.map((one) => one.sourceServerID),
  TerminateRecoveryInstances: ({ recoveryInstanceIDs = [] }) => recoveryInstanceIDs,
};

interface Body {
  readonly sourceServers?: readonly { readonly sourceServerID: string }[];
  readonly recoveryInstanceIDs?: readonly string[];
}

/**
 * Knows at each moment which batches the journal holds, from the writes that took effect alone: a
 * write whose reply was lost counts, one that was refused does not.
 */
export function watchJournal(tables: EmulatedService, clock: Clock): JournalWatch {
  const lanes = new Map<string, string>();
  const sent: SentCall[] = [];
  return {
    sent,
    tables: {
      ...tables,
      async answer(request) {
        const reply = await tables.answer(request);
        const written = laneItemOf(tables.operationOf(request), request, reply);
        if (written) lanes.set(`${written.pk} ${written.sk}`, written.body);
        return reply;
      },
    },
    arrived(request) {
      const operation = /^\/(\w+)$/.exec(request.path)?.[1] ?? "";
      const targetsOf = request.service === "drs" ? changing[operation] : undefined;
      if (!targetsOf) return;
      const targets = targetsOf(JSON.parse(request.body.toString("utf8")));
      const lane = laneKey({ account: request.principal.account, region: request.region });
      const batch = batchOf(lanes, lane, operation, targets);
      sent.push({
        operation,
        lane,
        at: clock.now(),
        targets,
        ...(batch === undefined ? {} : { batch }),
      });
    },
  };
}

interface LaneItem {
  readonly pk: string;
  readonly sk: string;
  readonly body: string;
}

function laneItemOf(
  operation: string,
  { body }: ServiceRequest,
  { status }: ServiceReply,
): LaneItem | undefined {
  if (operation !== "PutItem" || status !== 200) return undefined;
  const { Item: item } = Object(JSON.parse(body.toString("utf8")));
  const [pk, sk, text] = [item?.pk?.S, item?.sk?.S, item?.body?.S];
  return String(sk).startsWith("LANE#") ? { pk, sk, body: text } : undefined;
}

function batchOf(
  items: ReadonlyMap<string, string>,
  lane: LaneKey,
  operation: string,
  targets: readonly string[],
): string | undefined {
  for (const [key, body] of items) {
    const [pk = "", sk] = key.split(" ");
    if (sk !== `LANE#${lane}`) continue;
    const { openBatches }: { openBatches: readonly OpenBatch[] } = JSON.parse(body);
    const isLaunch = operation === "StartRecovery";
    const batch = openBatches.find(({ servers, instances }) =>
      isSame(isLaunch === (instances === undefined) ? (instances ?? servers) : [], targets),
    );
    if (batch) return `${pk.replace("EXECUTION#", "")} ${lane}#${batch.number}`;
  }
  return undefined;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  const known = new Set(some);
  return some.length === others.length && others.every((one) => known.has(one));
}
