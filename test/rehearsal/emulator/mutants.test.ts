import { describe, expect, it } from "vitest";
import { loadModel } from "../../support/service-model/model.js";
import { mutantsOf } from "../../support/service-model/mutants.js";
import { account, region, serverId, startEmulatorBench } from "./bench.js";
import { callOf } from "./model-call.js";

const model = loadModel("drs");

const arn = (resource: string): string => `arn:aws:drs:${region}:${account}:${resource}`;

/** Shapes with patterns, each with a value that holds to it. */
const sound = {
  ARN: arn(`source-server/${serverId(1)}`),
  AccountID: account,
  AwsRegion: region,
  CfnStackName: "stack",
  EC2InstanceID: "i-0123456789abcdef0",
  ISO8601DatetimeString: "2026-01-24T02:00:00Z",
  JobID: "drsjob-00000000000000001",
  LaunchActionId: "00000000-0000-4000-8000-000000000001",
  LaunchActionResourceId: serverId(1),
  LaunchActionVersion: "1",
  LaunchConfigurationTemplateID: "lct-00000000000000001",
  RecoveryInstanceID: "i-0123456789abcdef0",
  RecoverySnapshotID: "pit-00000000000000001",
  ReplicationConfigurationTemplateID: "rct-00000000000000001",
  SecurityGroupID: "sg-0123456789abcdef0",
  SourceNetworkID: "sn-00000000000000001",
  SourceServerARN: arn(`source-server/${serverId(1)}`),
  SourceServerID: serverId(1),
  StrictDRSARN: arn("recovery-plan/plan-00000000000000001"),
  SubnetID: "subnet-0123456789abcdef0",
  VpcID: "vpc-0123456789abcdef0",
};

/** Mutants that DRS refuses in another way, each with where that is from. */
const otherwise: Readonly<Record<string, string>> = {
  "StartRecoveryPlanExecution sourceServers[0].recoverySnapshotID missing":
    "user guide, executing a recovery plan: the plan is looked at first, then says whose pin lacks it",
};

describe("an input that the model forbids", () => {
  it.each(Object.values(model.operations))(
    "of $name is a ValidationException",
    async (operation) => {
      const { name } = operation;
      const bench = await startEmulatorBench();
      const passed: string[] = [];
      for (const { path, fault, input } of mutantsOf(model, operation, sound)) {
        const { status, code, body } = await callOf(model, bench, operation, input);
        if (status === 400 && code === "ValidationException") continue;
        if (otherwise[`${name} ${path} ${fault}`] !== undefined && status >= 400) continue;
        passed.push(`${path} ${fault}: ${status} ${code} ${body.slice(0, 60)}`);
      }
      expect(passed).toEqual([]);
    },
  );

  it("is refused for a tag key that is AWS's own, too, and for the fifty-first tag", async () => {
    const bench = await startEmulatorBench();
    const tag = model.operations.TagResource;
    if (!tag) throw new Error("TagResource must be in the model.");
    const answered = (tags: object) => callOf(model, bench, tag, { resourceArn: sound.ARN, tags });
    const own = await answered({ "aws:x": "1" });
    expect(own).toMatchObject({ status: 400, code: "ValidationException" });
    expect(own.body).toContain("must have keys that do not begin with aws:");
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`key-${at}`, "1"]));
    expect(await answered(many)).toMatchObject({ status: 400 });
  });
});
