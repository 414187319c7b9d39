import { maxIdsPerFilter } from "../../../../limits.js";
import {
  checkId,
  idPatterns,
  optionalObject,
  optionalText,
  requiredText,
  textsOf,
} from "../body.js";
import type { SourceServerRecord } from "../model.js";
import { type Call, type Operation, postOperation, right } from "../operation.js";
import { ascending, descending, page } from "../paging.js";
import { invalidField, refusalAs } from "../refusal.js";
import { recoverySnapshots } from "../snapshots.js";
import { wireLaunchConfiguration, wireServer, wireSnapshot } from "../wire.js";
import { arnIn } from "../world.js";

const describeSourceServers = postOperation("DescribeSourceServers", {
  rights: () => [right("drs:DescribeSourceServers")],
  run({ world, lane, body }) {
    const filters = optionalObject(body, "filters");
    const ids = new Set(textsOf(filters, "sourceServerIDs", 0, maxIdsPerFilter));
    const accounts = new Set(textsOf(filters, "stagingAccountIDs", 0, maxIdsPerFilter));
    const isWanted = ({ server }: SourceServerRecord): boolean =>
      (ids.size === 0 || ids.has(server)) && (accounts.size === 0 || accounts.has(lane.account));
    const placed = [...lane.servers.values()]
      .filter(isWanted)
      .map((item) => ({ key: item.server, item }));
    const { items, ...next } = page(world, body, placed);
    return {
      status: 200,
      body: { items: items.map((one) => wireServer(world, lane, one)), ...next },
    };
  },
});

const describeRecoverySnapshots = postOperation("DescribeRecoverySnapshots", {
  rights: (call) => [right("drs:DescribeRecoverySnapshots", [serverArnOf(call)])],
  run(call) {
    const { world, body } = call;
    const server = serverOf(call, "ValidationException");
    const filters = optionalObject(body, "filters");
    const from = optionalText(filters, "fromDateTime");
    const to = optionalText(filters, "toDateTime");
    const order = optionalText(body, "order") ?? world.switches.snapshotOrder;
    if (order !== "ASC" && order !== "DESC") {
      throw invalidField("order", `must be ASC or DESC, got "${order}"`);
    }
    const place = order === "ASC" ? ascending : descending;
    const placed = recoverySnapshots(world, server)
      .filter(({ at }) => from === undefined || at >= Date.parse(from))
      .filter(({ at }) => to === undefined || at <= Date.parse(to))
      .map((item) => ({ key: place(item.at), item }));
    const { items, ...next } = page(world, body, placed);
    const wire = items.map((one) => wireSnapshot(world, server.server, one));
    return { status: 200, body: { items: wire, ...next } };
  },
});

const getLaunchConfiguration = postOperation("GetLaunchConfiguration", {
  rights: (call) => [right("drs:GetLaunchConfiguration", [serverArnOf(call)])],
  run(call) {
    const server = serverOf(call, "ResourceNotFoundException");
    return { status: 200, body: wireLaunchConfiguration(server) };
  },
});

/** Operations that read source servers and what belongs to one. */
export const sourceServerOperations: readonly Operation[] = [
  describeSourceServers,
  describeRecoverySnapshots,
  getLaunchConfiguration,
];

function serverArnOf({ lane, body }: Call): string {
  return arnIn(lane, `source-server/${String(body.sourceServerID)}`);
}

function serverOf(
  { lane, body }: Call,
  otherwise: "ResourceNotFoundException" | "ValidationException",
): SourceServerRecord {
  const id = requiredText(body, "sourceServerID");
  const server = lane.servers.get(checkId("sourceServerID", id, idPatterns.server));
  if (!server) throw refusalAs(otherwise, `Source server ${id} does not exist`, id);
  return server;
}
