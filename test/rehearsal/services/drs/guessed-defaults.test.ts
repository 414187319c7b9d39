import {
  AccessDeniedException,
  GetReplicationConfigurationCommand,
  InitializeServiceCommand,
  ListLaunchActionsCommand,
  PutLaunchActionCommand,
  UpdateReplicationConfigurationCommand,
  ValidationException,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import type { DrsOptions } from "../../../../runtime/rehearsal/services/drs/drs.js";
import { fleetOf, serverId, startBench } from "../bench.js";

const sourceServerID = serverId(1);

describe("InitializeService", () => {
  const initialise = async (deniedAction: string, drs: DrsOptions = {}) => {
    const authorize = (_principal: unknown, { action }: { readonly action: string }) => ({
      allowed: action !== deniedAction,
      reason: `no identity-based policy allows the ${action} action`,
    });
    const bench = await startBench({ fleet: [], drs, gateway: { authorize } });
    return bench.client().send(new InitializeServiceCommand({}));
  };

  it.each([
    "iam:CreateServiceLinkedRole",
    "iam:CreateInstanceProfile",
    "iam:AddRoleToInstanceProfile",
    "iam:GetInstanceProfile",
  ])("asks its caller for %s", async (action) => {
    await expect(initialise(action)).rejects.toBeInstanceOf(AccessDeniedException);
    expect((await initialise(action, { initializeAsksIam: false })).$metadata.httpStatusCode).toBe(
      204,
    );
  });
});

describe("what AWS leaves to guess about settings", () => {
  it("is a switch for each default of replication", async () => {
    const drs = {
      defaultReplicationServerType: "t3.large",
      defaultLargeStagingDisk: "ST1",
      defaultEbsEncryption: "NONE",
      defaultDataPlaneRouting: "PUBLIC_IP",
    } as const;
    const client = (await startBench({ fleet: fleetOf(1), drs })).client();
    const read = new GetReplicationConfigurationCommand({ sourceServerID });
    expect(await client.send(read)).toMatchObject({
      replicationServerInstanceType: "t3.large",
      defaultLargeStagingDiskType: "ST1",
      ebsEncryption: "NONE",
      dataPlaneRouting: "PUBLIC_IP",
    });
  });

  it("is a switch for encryption without a key", async () => {
    const update = new UpdateReplicationConfigurationCommand({
      sourceServerID,
      ebsEncryption: "CUSTOM",
    });
    const refused = (await startBench()).client().send(update);
    await expect(refused).rejects.toBeInstanceOf(ValidationException);
    const accepting = await startBench({ drs: { customKeyIsMandatory: false } });
    expect((await accepting.client().send(update)).ebsEncryption).toBe("CUSTOM");
  });

  it("is a switch for the documents that are commands", async () => {
    const client = (await startBench({ drs: { commandDocuments: ["Shop-Check"] } })).client();
    for (const [order, actionCode] of ["Shop-Check", "AWS-RunShellScript"].entries()) {
      const action = new PutLaunchActionCommand({
        resourceId: sourceServerID,
        actionCode,
        actionId: `00000000-0000-4000-8000-00000000000${order}`,
        order: order + 2,
        optional: true,
        active: true,
        name: "check",
        actionVersion: "1",
        category: "VALIDATION",
        description: "",
      });
      await client.send(action);
    }
    const { items } = await client.send(
      new ListLaunchActionsCommand({ resourceId: sourceServerID }),
    );
    expect(items?.map(({ type }) => type)).toEqual(["SSM_COMMAND", "SSM_AUTOMATION"]);
  });
});
