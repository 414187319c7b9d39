import {
  CreateLaunchConfigurationTemplateCommand,
  DeleteLaunchActionCommand,
  ListLaunchActionsCommand,
  type PutLaunchActionCommandInput as PutInput,
  PutLaunchActionCommand,
  paginateListLaunchActions,
  ResourceNotFoundException,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import { serverId, startBench } from "../bench.js";

const resourceId = serverId(1);

function actionId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

function actionOf(number: number, changes: Partial<PutInput> = {}): PutInput {
  return {
    resourceId,
    actionId: actionId(number),
    actionCode: "AWS-RunShellScript",
    order: 1 + number,
    optional: true,
    active: true,
    name: `Action ${number}`,
    actionVersion: "$DEFAULT",
    category: "VALIDATION",
    description: "Checks the launch.",
    parameters: { commands: { value: "path-of-parameter", type: "SSM_STORE" } },
    ...changes,
  };
}

describe("launch actions", () => {
  it("are listed in their order, by pages and by id, and replaced under the same id", async () => {
    const client = (await startBench()).client();
    for (const number of [3, 1, 2]) await client.send(new PutLaunchActionCommand(actionOf(number)));
    const put = await client.send(new PutLaunchActionCommand(actionOf(2, { order: 9 })));
    expect(put).toMatchObject({ ...actionOf(2), order: 9, type: "SSM_COMMAND" });
    const orders: unknown[] = [];
    for await (const { items = [] } of paginateListLaunchActions(
      { client, pageSize: 2 },
      { resourceId },
    )) {
      orders.push(items.map(({ order }) => order));
    }
    expect(orders).toEqual([[2, 4], [9]]);
    const filters = { actionIds: [actionId(3)] };
    const { items } = await client.send(new ListLaunchActionsCommand({ resourceId, filters }));
    expect(items?.map(({ name }) => name)).toEqual(["Action 3"]);
  });

  it("belong to the launch configuration template as well", async () => {
    const client = (await startBench()).client();
    const { launchConfigurationTemplate } = await client.send(
      new CreateLaunchConfigurationTemplateCommand({}),
    );
    const ofTemplate = { resourceId: launchConfigurationTemplate?.launchConfigurationTemplateID };
    const automation = actionOf(1, { ...ofTemplate, actionCode: "AWS-CreateImage" });
    expect(await client.send(new PutLaunchActionCommand(automation))).toMatchObject({
      type: "SSM_AUTOMATION",
    });
    const listed = await client.send(new ListLaunchActionsCommand({ resourceId }));
    expect(listed.items).toEqual([]);
  });

  it("are gone once deleted, and not found then", async () => {
    const bench = await startBench();
    const client = bench.client();
    await client.send(new PutLaunchActionCommand(actionOf(1)));
    const remove = new DeleteLaunchActionCommand({ resourceId, actionId: actionId(1) });
    await client.send(remove);
    expect(bench.traced.at(-1)?.reply.status).toBe(204);
    const again = new DeleteLaunchActionCommand({ resourceId, actionId: actionId(1) });
    await expect(client.send(again)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it("are 200 a resource, and one more is refused as the switch says", async () => {
    const quotas = () => ({ launchActionsPerResource: 2 });
    for (const launchActionsOverQuota of ["ValidationException", "ConflictException"] as const) {
      const client = (await startBench({ drs: { quotas, launchActionsOverQuota } })).client();
      for (const number of [1, 2]) await client.send(new PutLaunchActionCommand(actionOf(number)));
      await expect(client.send(new PutLaunchActionCommand(actionOf(3)))).rejects.toMatchObject({
        name: launchActionsOverQuota,
        message: "Max number of launch actions per resource must be at most 2, got 3.",
      });
      await client.send(new PutLaunchActionCommand(actionOf(2, { order: 7 })));
    }
  });

  it.each([
    ["an order below 2", { order: 1 }, "order"],
    ["an order above 10,000", { order: 10_001 }, "order"],
    ["an id that is no UUID", { actionId: "one" }, "actionId"],
    ["a version that is none", { actionVersion: "newest" }, "actionVersion"],
    ["a resource of another kind", { resourceId: "i-00000000000000000" }, "resourceId"],
    [
      "21 parameters",
      {
        parameters: Object.fromEntries(
          Array.from({ length: 21 }, (_, index) => [`p${index}`, { value: "v" }]),
        ),
      },
      "parameters",
    ],
  ])("are refused with %s", async (_title, changes, field) => {
    const client = (await startBench()).client();
    const put = new PutLaunchActionCommand(actionOf(1, changes));
    await expect(client.send(put)).rejects.toMatchObject({
      name: "ValidationException",
      fieldList: [{ name: field }],
    });
  });
});
