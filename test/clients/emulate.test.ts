import { expect, it } from "vitest";
import { loadModel } from "../support/service-model/model.js";
import { describeTier } from "../support/tier.js";
import { type EmulatedCommand, emulatedCommand, post } from "./command.js";
import { awsCli, boto3, type Reached, runForeign, runScript } from "./foreign.js";
import { newestModels } from "./published-models.js";

const account = "111122223333";
const other = "444455556666";
const region = "eu-central-1";

const fleet = {
  lanes: [
    { account, region, fleet: [{ count: 2, launchSeconds: 60 }], staging: [{ account: other }] },
    { account: other, region, fleet: [{ count: 3 }] },
  ],
};

/** Where each operation of DRS can succeed: what came from EC2 and what did not, and a staging account. */
const everything = {
  lanes: [
    {
      account,
      region,
      fleet: [
        { count: 3 },
        {
          count: 1,
          tags: { from: "ec2" },
          origin: { account, region: "us-east-1", availabilityZone: "us-east-1b" },
        },
      ],
      staging: [{ account: other }],
    },
    { account, region: "us-east-1" },
    { account: other, region, fleet: [{ count: 1 }] },
  ],
};

/** Two Regions of an account; what the second one has came from EC2 of the first one. */
const away = "eu-west-1";
const fromEc2 = {
  lanes: [
    { account, region },
    {
      account,
      region: away,
      fleet: [
        {
          count: 1,
          hostnames: ["db-1.shop.example"],
          origin: { account, region, availabilityZone: "eu-central-1b" },
          machine: { operatingSystem: "windows", diskGibibytes: [30, 200], ramGibibytes: 16 },
        },
      ],
    },
  ],
};

const role = `arn:aws:iam::${other}:role/dr-spoke`;

const emulated = (declared: object = fleet): Promise<EmulatedCommand> =>
  emulatedCommand({ account, region, fleet: declared });

/** Variables that lead the clients of these services to an endpoint, and those of others nowhere. */
function endpointOf(endpoint: string, ...services: readonly string[]): NodeJS.ProcessEnv {
  const named = services.map((service) => [`AWS_ENDPOINT_URL_${service}`, endpoint] as const);
  return { AWS_ENDPOINT_URL: undefined, ...Object.fromEntries(named) };
}

describeTier("python", "boto3 against aws-dr emulate", boto3(), (python) => {
  it("succeeds by every operation of the model, with the status that the model says", async () => {
    const target = await emulated(everything);
    const report = await runScript(target, python, "every_operation.py", [other], newestModels());
    const statuses = Object.values(loadModel("drs").operations).map(({ name, http }) => [
      name,
      http.responseCode,
    ]);
    expect(report).toEqual(Object.fromEntries(statuses));
  });

  it.each(["DescribeJobs", "StopFailback", "DeleteRecoveryPlanExecution"])(
    "does not succeed by every operation where %s is refused whatever it is asked",
    async (operation) => {
      const target = await emulated(everything);
      const faults = [{ kind: "throttling", calls: { service: "drs", operation } }];
      await post(`${target.control}/faults`, { faults });
      await expect(
        runScript(target, python, "every_operation.py", [other], newestModels()),
      ).rejects.toThrow(`when calling the ${operation} operation`);
    },
  );

  it("recovers a server from EC2, fails it back to its Region, and protects it again", async () => {
    const target = await emulated(fromEc2);
    expect(await runScript(target, python, "failback.py", [region, away])).toEqual({
      hostname: "db-1.shop.example",
      instance: expect.stringMatching(/^i-[0-9a-f]{17}$/),
      disks: [
        ["c:0", 30],
        ["c:1", 200],
      ],
      system: expect.stringContaining("Windows"),
      ramGibibytes: 16,
      origin: {
        originAccountID: account,
        originRegion: region,
        originAvailabilityZone: "eu-central-1b",
      },
      mirror: [`arn:aws:drs:${region}:${account}:source-server`, "FAILBACK"],
      failback: [
        "FAILBACK_NOT_STARTED",
        "FAILBACK_NOT_READY_FOR_LAUNCH",
        "FAILBACK_READY_FOR_LAUNCH",
        "FAILBACK_COMPLETED",
      ],
      copied: expect.arrayContaining(["INITIATING", "INITIAL_SYNC", "CONTINUOUS"]),
      ended: "TERMINATE",
      protected: [true, "CONTINUOUS"],
      left: 0,
    });
  });

  it("takes a role in another account, by one endpoint variable or by one for each service", async () => {
    const target = await emulated();
    for (const variables of [{}, endpointOf(target.endpoint, "DRS", "STS")]) {
      const args = [role, "any"];
      const report = await runScript(target, python, "assume_role.py", args, variables);
      expect(report).toMatchObject({
        identity: `arn:aws:sts::${other}:assumed-role/dr-spoke/foreign`,
        here: [expect.stringContaining(account), expect.stringContaining(account)],
        there: Array.from({ length: 3 }, () => expect.stringContaining(other)),
      });
    }
  });
});

describeTier("python", "the AWS CLI against aws-dr emulate", awsCli(), (command) => {
  const aws = async (
    target: Reached,
    args: readonly string[],
    variables: NodeJS.ProcessEnv = {},
  ): Promise<unknown> => {
    const all = [...args, "--output", "json"];
    const { exitCode, stdout, stderr } = await runForeign(target, command, all, variables);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    return JSON.parse(stdout);
  };

  it("takes a role in another account, and sees that account's servers", async () => {
    const target = await emulated();
    const assume = ["sts", "assume-role", "--role-arn", role, "--role-session-name", "cli"];
    const { Credentials } = Object(await aws(target, assume));
    const there = {
      AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
      AWS_SESSION_TOKEN: Credentials.SessionToken,
    };
    const list = ["drs", "describe-source-servers", "--query", "items[].arn"];
    expect(await aws(target, list, there)).toEqual(
      Array.from({ length: 3 }, () => expect.stringContaining(`:${other}:`)),
    );
    expect(await aws(target, list)).toHaveLength(2);
  });

  it("finds each service by an endpoint variable of its own", async () => {
    const target = await emulated();
    const only = (service: string) => endpointOf(target.endpoint, service);
    const topic = `arn:aws:sns:${region}:${account}:alarms`;
    expect(await aws(target, ["drs", "list-staging-accounts"], only("DRS"))).toEqual({
      accounts: [],
    });
    const who = await aws(target, ["sts", "get-caller-identity"], only("STS"));
    expect(who).toMatchObject({ Account: account });
    const quota = ["--service-code", "drs", "--quota-code", "L-B827C881"];
    const read = ["service-quotas", "get-service-quota", ...quota];
    expect(await aws(target, read, only("SERVICE_QUOTAS"))).toMatchObject({
      Quota: { Value: 100 },
    });
    const instances = await aws(target, ["ec2", "describe-instances"], only("EC2"));
    expect(instances).toEqual({ Reservations: [] });
    const publish = ["sns", "publish", "--topic-arn", topic, "--message", "a job ended"];
    expect(await aws(target, publish, only("SNS"))).toHaveProperty("MessageId");
  });
});
