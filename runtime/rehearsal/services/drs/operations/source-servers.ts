import { maxIdsPerFilter } from "../../../../limits.js";
import { optionalMoment, optionalObject, optionalText, textsOf } from "../body.js";
import { stagingAccountOf } from "../extension.js";
import { hasHardware } from "../machine.js";
import type { SourceServerRecord } from "../model.js";
import { namedServer, namedServerArn } from "../named.js";
import { type Operation, postOperation, right } from "../operation.js";
import { ascending, descending, page } from "../paging.js";
import { invalidField } from "../refusal.js";
import { recoverySnapshots } from "../snapshots.js";
import { wireServer, wireSnapshot } from "../wire.js";

const describeSourceServers = postOperation("DescribeSourceServers", {
  rights: () => [right("drs:DescribeSourceServers")],
  run({ world, lane, body }) {
    const filters = optionalObject(body, "filters");
    const ids = new Set(textsOf(filters, "sourceServerIDs", 0, maxIdsPerFilter));
    const accounts = new Set(textsOf(filters, "stagingAccountIDs", 0, maxIdsPerFilter));
    const hardware = optionalText(filters, "hardwareId");
    const isWanted = (one: SourceServerRecord): boolean =>
      (ids.size === 0 || ids.has(one.server)) &&
      (accounts.size === 0 || accounts.has(stagingAccountOf(one))) &&
      (hardware === undefined || hasHardware(one.machine, hardware));
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
  rights: (call) => [right("drs:DescribeRecoverySnapshots", [namedServerArn(call)])],
  run(call) {
    const { world, body } = call;
    const server = namedServer(call, "validation");
    const filters = optionalObject(body, "filters");
    const from = optionalMoment(filters, "fromDateTime") ?? Number.NEGATIVE_INFINITY;
    const to = optionalMoment(filters, "toDateTime") ?? Number.POSITIVE_INFINITY;
    const order = optionalText(body, "order") ?? world.switches.snapshotOrder;
    if (order !== "ASC" && order !== "DESC") {
      throw invalidField("order", `must be ASC or DESC, got "${order}"`);
    }
    const place = order === "ASC" ? ascending : descending;
    const placed = recoverySnapshots(world, server)
      .filter(({ at }) => at >= from && at <= to)
      .map((item) => ({ key: place(item.at), item }));
    const { items, ...next } = page(world, body, placed);
    const wire = items.map((one) => wireSnapshot(world, server.server, one));
    return { status: 200, body: { items: wire, ...next } };
  },
});

/** Operations that read source servers and their points in time. */
export const sourceServerOperations: readonly Operation[] = [
  describeSourceServers,
  describeRecoverySnapshots,
];
