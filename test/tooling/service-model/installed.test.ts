import { expect, it } from "vitest";
import { laneKey } from "../../../runtime/core/lane.js";
import { createDrs } from "../../../runtime/rehearsal/services/drs/drs.js";
import { Refusal } from "../../../runtime/rehearsal/services/drs/refusal.js";
import { principalOfRole } from "../../../runtime/rehearsal/services/sessions.js";
import { createVirtualClock } from "../../../runtime/rehearsal/virtual-clock.js";
import { takeBreaches } from "../../support/service-model/ledger.js";
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
  expect(takeBreaches("a test")).toEqual([
    'StartRecovery reply: the message must call an operation that is emulated, got "StartRecovery" (not-emulated).',
  ]);
});

it("lets only the tests of the emulators send wrong requests, and those only if they are refused", async () => {
  const drs = createDrs({ timeline: createVirtualClock(), seed: 1, fleet: [] });
  const wrong = { ...asked("DescribeJobs", { maxResults: 0 }), service: "drs", region, principal };
  await drs.answer(wrong);
  expect(takeBreaches("/test/rehearsal/services/drs/wire.test.ts")).toEqual([]);
  await drs.answer(wrong);
  expect(takeBreaches("/test/adapters/drs.test.ts")).toEqual([
    "DescribeJobs request: maxResults must be at least 1, got 0 (range of StrictlyPositiveInteger).",
  ]);
});
