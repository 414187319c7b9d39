import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plusSeconds } from "../../../../runtime/core/instant.js";
import { createDrs, type DrsEmulator } from "../../../../runtime/rehearsal/services/drs/drs.js";
import { createVirtualClock } from "../../../../runtime/rehearsal/virtual-clock.js";
import { fleetOf, lane, serverId } from "../bench.js";

const quotas = { serversPerJob: 5, concurrentJobs: 4, serversInAllJobs: 12 };
const fleetSize = 24;

type Step =
  | { readonly kind: "launch"; readonly servers: readonly number[]; readonly isDrill: boolean }
  | { readonly kind: "terminate"; readonly picks: readonly number[] }
  | { readonly kind: "fail"; readonly server: number }
  | { readonly kind: "pass"; readonly seconds: number };

const server = fc.integer({ min: 1, max: fleetSize });
const servers = fc.array(server, { minLength: 1, maxLength: 7 });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant("launch" as const), servers, isDrill: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("terminate" as const), picks: servers }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("fail" as const), server }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      seconds: fc.integer({ min: 0, max: 300 }),
    }),
  },
);

async function run(
  steps: readonly Step[],
  check: (drs: DrsEmulator) => void,
): Promise<DrsEmulator> {
  const clock = createVirtualClock();
  const drs = createDrs({
    timeline: clock,
    seed: 3,
    fleet: fleetOf(fleetSize),
    options: { quotas: () => quotas },
  });
  const pass = async (seconds: number): Promise<void> => {
    let isOver = false;
    clock.at(plusSeconds(clock.now(), seconds), () => {
      isOver = true;
    });
    await clock.run(() => isOver, `${seconds} s`);
  };
  for (const one of steps) {
    if (one.kind === "pass") await pass(one.seconds);
    if (one.kind === "fail") drs.failServer(serverId(one.server), "launch", 1);
    if (one.kind === "launch") {
      const { isDrill } = one;
      drs.stranger.startRecovery(lane, one.servers.map(serverId), { isDrill });
    }
    if (one.kind === "terminate") {
      const instances = drs.instances(lane);
      const picked = one.picks.flatMap(
        (pick) => instances[pick % Math.max(1, instances.length)]?.instance ?? [],
      );
      if (picked.length > 0) drs.stranger.terminate(lane, picked);
    }
    check(drs);
  }
  await pass(5_000);
  return drs;
}

describe("any sequence of calls", () => {
  it("never exceeds a quota, and never has a server in two jobs", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        await run(steps, (drs) => {
          const active = drs.jobs(lane).filter(({ status }) => status !== "COMPLETED");
          const held = active.flatMap(({ participants }) => participants.map((one) => one.server));
          expect(active.length).toBeLessThanOrEqual(quotas.concurrentJobs);
          expect(held.length).toBeLessThanOrEqual(quotas.serversInAllJobs);
          expect(new Set(held).size).toBe(held.length);
          for (const { participants } of drs.jobs(lane)) {
            expect(participants.length).toBeLessThanOrEqual(quotas.serversPerJob);
          }
        });
      }),
    );
  });

  it("ends with every job completed and every server in one final state", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const drs = await run(steps, () => undefined);
        for (const job of drs.jobs(lane)) {
          expect(job.status).toBe("COMPLETED");
          const final = job.kind === "launch" ? ["LAUNCHED", "FAILED"] : ["TERMINATED"];
          for (const { launchStatus } of job.participants) expect(final).toContain(launchStatus);
        }
        const named = drs.servers(lane).flatMap(({ recoveryInstance }) => recoveryInstance ?? []);
        const instances = drs.instances(lane).map(({ instance }) => instance);
        expect([...named].sort()).toEqual([...instances].sort());
      }),
    );
  });
});
