import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { DescribeJobsCommand, DrsClient } from "@aws-sdk/client-drs";
import { expect, it, onTestFinished } from "vitest";
import { laneKey } from "../../../runtime/core/lane.js";
import { createDrs } from "../../../runtime/rehearsal/services/drs/drs.js";
import { Refusal } from "../../../runtime/rehearsal/services/drs/refusal.js";
import { principalOfRole } from "../../../runtime/rehearsal/services/sessions.js";
import { createVirtualClock } from "../../../runtime/rehearsal/virtual-clock.js";
import { breachesOfChildren, judgedEnvironment } from "../../support/service-model/child.js";
import { takenBreaches, toldBreaches } from "../../support/service-model/ledger.js";
import { asked } from "./messages.js";

const account = "111122223333";
const region = "eu-central-1";
const server = "s-00000000000000001";
const principal = principalOfRole(`arn:aws:iam::${account}:role/operator`, "test");

it("judges the emulator in every test, without the test's doing", async () => {
  const drs = createDrs({
    timeline: createVirtualClock(),
    seed: 1,
    fleet: [{ server, lane: laneKey({ account, region }), tags: {}, hostname: "host" }],
    options: {
      quotas: () => {
        throw new Refusal("NotEmulated", "seeded");
      },
    },
  });
  const sourceServers = [{ sourceServerID: server }];
  const request = {
    ...asked("StartRecovery", { sourceServers }),
    service: "drs",
    region,
    principal,
  };
  await drs.answer(request);
  expect(toldBreaches(takenBreaches(), "a test")).toEqual([
    'StartRecovery reply: the message must call an operation that is emulated, got "StartRecovery" (not-emulated).',
  ]);
});

it("lets only the tests of the emulators send wrong requests, and those only if they are refused", async () => {
  const drs = createDrs({ timeline: createVirtualClock(), seed: 1, fleet: [] });
  const wrong = { ...asked("DescribeJobs", { maxResults: 0 }), service: "drs", region, principal };
  await drs.answer(wrong);
  expect(toldBreaches(takenBreaches(), "/test/rehearsal/services/drs/wire.test.ts")).toEqual([]);
  await drs.answer(wrong);
  expect(toldBreaches(takenBreaches(), "/test/adapters/drs.test.ts")).toEqual([
    "DescribeJobs request: maxResults must be at least 1, got 0 (range of StrictlyPositiveInteger).",
  ]);
});

it("judges the emulators of commands that tests start", async () => {
  const options = ["--port", "0", "--json", "--fleet", "examples/emulated-fleet/fleet.yaml"];
  const argv = ["dist/runtime/cli/main.js", "emulate", ...options];
  const child = spawn(process.execPath, argv, { stdio: "pipe", env: judgedEnvironment() });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { endpoint, account: accessKeyId, variables } = JSON.parse(line);
  const credentials = { accessKeyId, secretAccessKey: "any" };
  const at = { endpoint, region: variables.AWS_REGION };
  const client = new DrsClient({ ...at, credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  await client.send(new DescribeJobsCommand({}));
  expect(breachesOfChildren()).toEqual([]);
  await expect(client.send(new DescribeJobsCommand({ maxResults: 0 }))).rejects.toThrow();
  expect(toldBreaches(breachesOfChildren(), "a test")).toEqual([
    "DescribeJobs request: maxResults must be at least 1, got 0 (range of StrictlyPositiveInteger).",
  ]);
});
