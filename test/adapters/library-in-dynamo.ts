import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { dynamoDocuments, dynamoEstate } from "../../runtime/adapters/library.js";
import { laneOf } from "../../runtime/core/lane.js";
import type { Documents } from "../../runtime/core/ports.js";
import type { ProtectionGroup } from "../../runtime/core/recovery/plan.js";
import { laneA } from "../support/execution/build.js";
import type { DynamoBench } from "./dynamo-bench.js";

function group(name: string, tags: Readonly<Record<string, string>> = {}): ProtectionGroup {
  return { name, members: [{ ...laneOf(laneA), tags }] };
}

/** What documents keep to, whatever they are written into. */
export function keepsDocuments(
  name: string,
  open: () => Promise<Documents<ProtectionGroup>>,
): void {
  describe(`documents ${name}`, () => {
    it("are created at revision 0, and changed and removed only at their present one", async () => {
      const groups = await open();
      expect(await groups.get("shop")).toBeUndefined();
      expect(await groups.put(group("shop"), 0)).toBe("written");
      expect(await groups.put(group("shop", { Tier: "db" }), 0)).toBe("lost");
      expect(await groups.put(group("shop", { Tier: "db" }), 2)).toBe("lost");
      expect(await groups.put(group("shop", { Tier: "web" }), 1)).toBe("written");
      expect(await groups.get("shop")).toEqual({
        revision: 2,
        managedBy: "operator",
        document: group("shop", { Tier: "web" }),
      });
      expect(await groups.remove("shop", 1)).toBe("lost");
      expect(await groups.remove("shop", 2)).toBe("written");
      expect(await groups.get("shop")).toBeUndefined();
    });

    it("are listed by name, all of them", async () => {
      const groups = await open();
      for (const name of ["web", "db", "app"]) await groups.put(group(name), 0);
      const names = (await groups.list()).map(({ document }) => document.name);
      expect(names).toEqual(["app", "db", "web"]);
    });
  });
}

/** Everything that groups, plans and the estate promise, over the tables of one store. */
export function keepsALibrary(store: string, startDynamo: () => Promise<DynamoBench>): void {
  keepsDocuments(`in ${store}`, async () => dynamoDocuments((await startDynamo()).groups));

  describe(`documents in ${store}`, () => {
    it("recognise a change or a removal of their own whose reply was lost", async () => {
      const bench = await startDynamo();
      const groups = dynamoDocuments<ProtectionGroup>(bench.groups);
      bench.loseReplies("PutItem", 1);
      expect(await groups.put(group("shop"), 0)).toBe("written");
      expect(bench.arrived("PutItem")).toBe(2);
      bench.loseReplies("DeleteItem", 1);
      expect(await groups.remove("shop", 1)).toBe("written");
    });

    it("take another's document for another's, though the reply was lost", async () => {
      const bench = await startDynamo();
      const groups = dynamoDocuments<ProtectionGroup>(bench.groups);
      await groups.put(group("shop"), 0);
      bench.loseReplies("PutItem", 1);
      expect(await groups.put(group("shop", { Tier: "db" }), 0)).toBe("lost");
    });

    it("say which of them a deployment wrote", async () => {
      const bench = await startDynamo();
      const document = JSON.stringify(group("shop"));
      await bench.client.send(
        new PutItemCommand({
          TableName: "groups",
          Item: {
            name: { S: "shop" },
            revision: { N: "1" },
            managedBy: { S: "pulumi" },
            document: { S: document },
          },
        }),
      );
      const stored = await dynamoDocuments<ProtectionGroup>(bench.groups).get("shop");
      expect(stored).toEqual({ revision: 1, managedBy: "pulumi", document: group("shop") });
    });
  });

  describe(`the estate in ${store}`, () => {
    it("is the lanes that the deployment wrote, and none before that", async () => {
      const bench = await startDynamo();
      const estate = dynamoEstate(bench.executions);
      expect(await estate.lanes()).toEqual([]);
      const lanes = [{ ...laneOf(laneA), accountName: "shop", declaredServers: 3 }];
      await bench.client.send(
        new PutItemCommand({
          TableName: "executions",
          Item: { pk: { S: "ESTATE" }, sk: { S: "LANES" }, lanes: { S: JSON.stringify(lanes) } },
        }),
      );
      expect(await estate.lanes()).toEqual(lanes);
    });
  });
}
