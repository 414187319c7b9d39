import { laneKey } from "../../../../core/lane.js";
import { parseArn } from "../../arns.js";
import { requiredText, tagsOf } from "../body.js";
import { extend, extensibleServers } from "../extension.js";
import type { SourceServerRecord } from "../model.js";
import { type Call, type Operation, postOperation, right } from "../operation.js";
import { page } from "../paging.js";
import { invalidField, Refusal, refusalAs } from "../refusal.js";
import { checkServerQuotas } from "../server-quotas.js";
import { taggingRights } from "../tagging-rights.js";
import { wireServer } from "../wire.js";
import { arnIn } from "../world.js";

const listStagingAccounts: Operation = {
  name: "ListStagingAccounts",
  method: "GET",
  path: "/ListStagingAccounts",
  needsInitialisedAccount: true,
  rights: () => [right("drs:ListStagingAccounts")],
  run({ world, lane, query }) {
    const links = [...lane.servers.values()].flatMap(({ extension }) => extension ?? []);
    const accounts = new Set(links.map((link) => link.lane.split("/")[0] ?? ""));
    const placed = [...accounts].map((item) => ({ key: item, item }));
    const { items, ...next } = page(world, asked(query), placed, { mostAllowed: 50 });
    return { status: 200, body: { accounts: items.map((accountID) => ({ accountID })), ...next } };
  },
};

const listExtensibleSourceServers = postOperation("ListExtensibleSourceServers", {
  rights: () => [right("drs:ListExtensibleSourceServers"), right("drs:DescribeSourceServers")],
  run(call) {
    const { world, lane, body } = call;
    const account = requiredText(body, "stagingAccountID");
    if (!/^\d{12}$/.test(account)) {
      throw invalidField("stagingAccountID", `must be 12 digits, got "${account}"`);
    }
    checkTrust(call, account);
    const placed = extensibleServers(world, lane, account).map((item) => ({
      key: item.server,
      item,
    }));
    const { items, ...next } = page(world, body, placed, { mostAllowed: 300 });
    const wire = items.map(({ hostname, arn, tags }) => ({ hostname, arn, tags }));
    return { status: 200, body: { items: wire, ...next } };
  },
});

const createExtendedSourceServer = postOperation("CreateExtendedSourceServer", {
  rights(call) {
    const { sourceServerArn } = call.body;
    const named = typeof sourceServerArn === "string" ? [sourceServerArn] : [];
    return [
      right("drs:CreateExtendedSourceServer"),
      right("drs:DescribeSourceServers"),
      right("drs:GetReplicationConfiguration", named),
      ...taggingRights(call, [arnIn(call.lane, "source-server/s-00000000000000000")]),
    ];
  },
  run(call) {
    const { world, lane, body } = call;
    const staging = stagingServer(call);
    const tags = tagsOf(body, "tags");
    checkServerQuotas(
      world,
      lane,
      { isNew: true, isExtended: true },
      "ServiceQuotaExceededException",
    );
    const inherited = world.switches.extendedServerTags === "copied" ? staging.tags : {};
    const sourceServer = extend(world, lane, staging, { ...inherited, ...tags });
    return { status: 201, body: { sourceServer: wireServer(world, lane, sourceServer) } };
  },
});

/** Servers that replicate in one account and are recovered from another. */
export const stagingOperations: readonly Operation[] = [
  listStagingAccounts,
  listExtensibleSourceServers,
  createExtendedSourceServer,
];

/** Paging out of a query, where numbers are text. */
function asked(query: URLSearchParams): Readonly<Record<string, unknown>> {
  const maxResults = query.get("maxResults");
  const size = maxResults === null || maxResults === "" ? undefined : Number(maxResults);
  return { maxResults: size, nextToken: query.get("nextToken") };
}

/** The server that a call wants to extend, refused where it cannot be. */
function stagingServer(call: Call): SourceServerRecord {
  const { world, lane, body } = call;
  const arn = requiredText(body, "sourceServerArn");
  const { account = "", region = "", resource = "" } = parseArn(arn) ?? {};
  if (!/^\d{12}$/.test(account) || !/^source-server\/s-[0-9a-zA-Z]{17}$/.test(resource)) {
    throw invalidField("sourceServerArn", `must be the ARN of a source server, got "${arn}"`);
  }
  const { notExtensible, extendedTwice } = world.switches;
  if (account === lane.account || region !== lane.region) {
    throw refusalAs(notExtensible, `${arn} must be of another account in ${lane.region}`, arn);
  }
  checkTrust(call, account);
  const staging = world
    .lane(laneKey({ account, region }))
    .servers.get(resource.split("/")[1] ?? "");
  if (staging?.arn !== arn) {
    throw refusalAs("ResourceNotFoundException", `Source server ${arn} does not exist`, arn);
  }
  if (staging.extension) {
    throw refusalAs(notExtensible, `${arn} is an extended source server itself`, arn);
  }
  if (!extensibleServers(world, lane, account).includes(staging)) {
    throw refusalAs(extendedTwice, `${arn} is extended into account ${lane.account}`, arn);
  }
  return staging;
}

/** Refuses what a staging account does not allow to the caller's. */
function checkTrust({ world, lane }: Call, staging: string): void {
  if (world.trusts(staging, lane.account)) return;
  const message = `Account ${staging} does not trust account ${lane.account}`;
  const { stagingNotTrusting } = world.switches;
  const members = stagingNotTrusting === "ValidationException" ? { reason: "other" } : {};
  throw new Refusal(stagingNotTrusting, message, { members });
}
