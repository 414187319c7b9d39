import {
  DeleteSourceServerCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-drs";
import { expect, it } from "vitest";
import type { NeededRight } from "../../../../runtime/rehearsal/services/service.js";
import { account, region, serverId, startBench, startRecovery } from "../bench.js";

const server = `arn:aws:drs:${region}:${account}:source-server/${serverId(1)}`;

async function askedBench() {
  const asked: NeededRight[] = [];
  const authorize = (_: unknown, right: NeededRight) => {
    asked.push(right);
    return { allowed: true, reason: "" };
  };
  const bench = await startBench({ gateway: { authorize } });
  return { asked, client: bench.client() };
}

it("tells IAM which tags a call gives, and which its resources have", async () => {
  const { asked, client } = await askedBench();
  await startRecovery(client, [serverId(1)], { tags: { owner: "dr" } });
  for (const right of asked) {
    expect(right.context).toMatchObject({ "aws:RequestTag/owner": "dr", "aws:TagKeys": "owner" });
  }
  const start = asked.find(({ action }) => action === "drs:StartRecovery");
  expect(start?.contextOf).toEqual({ [server]: { "aws:ResourceTag/app": "shop" } });
});

it("tells IAM which tags a call takes off", async () => {
  const { asked, client } = await askedBench();
  await client.send(new TagResourceCommand({ resourceArn: server, tags: { a: "1", b: "2" } }));
  await client.send(new UntagResourceCommand({ resourceArn: server, tagKeys: ["a", "b"] }));
  expect(asked.map(({ context }) => context["aws:TagKeys"])).toEqual(["a,b", "a,b"]);
  expect(asked[1]?.contextOf?.[server]).toMatchObject({ "aws:ResourceTag/a": "1" });
});

it("tells IAM of no tags where there are none", async () => {
  const { asked, client } = await askedBench();
  const command = new DeleteSourceServerCommand({ sourceServerID: serverId(9) });
  await expect(client.send(command)).rejects.toThrow();
  expect(asked[0]).not.toHaveProperty("contextOf");
  expect(asked[0]?.context).not.toHaveProperty("aws:TagKeys");
});
