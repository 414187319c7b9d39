import { describe, expect, it } from "vitest";
import { drillCleansUp } from "../../../policies/drs-limits/drill-cleans-up.js";
import { planCountsServers } from "../../../policies/drs-limits/plan-counts-servers.js";
import { planJobsAtOnce } from "../../../policies/drs-limits/plan-jobs-at-once.js";
import { planServersInFlight } from "../../../policies/drs-limits/plan-servers-in-flight.js";
import { planWithinRto } from "../../../policies/drs-limits/plan-within-rto.js";
import { waveAdmitted } from "../../../policies/drs-limits/wave-admitted.js";
import { predictFromCounts } from "../../../runtime/core/recovery/predict.js";
import { lane, planOf, waveOf } from "../contracts.js";
import { showResource, uncheckedAdvisory, unknown } from "../in-process.js";

describe("dr-plan-servers-in-flight", () => {
  const inRounds = (waves: string, got: number, room: number, rounds: number) =>
    `advisory: expectedServers of ${waves} must be at most ${room} at once in ${lane}, got ${got}. ` +
    `They are recovered in ${rounds} rounds; spread them over more lanes if that is too slow.`;

  it.each([
    { servers: 1, said: [] },
    { servers: 499, said: [] },
    { servers: 500, said: [] },
    { servers: 501, said: [inRounds('"db"', 501, 500, 2)] },
    { servers: 1_001, said: [inRounds('"db"', 1_001, 500, 3)] },
    { servers: undefined, said: [] },
  ])("with $servers servers in one wave", async ({ servers, said }) => {
    expect(await showResource(planServersInFlight, planOf([waveOf("db", servers)]))).toEqual(said);
  });

  it("adds up waves that may start together, not those that wait for each other", async () => {
    const together = [waveOf("db", 300), waveOf("app", 300)];
    const chained = [waveOf("db", 300), waveOf("app", 300, { dependsOn: ["db"] })];

    expect(await showResource(planServersInFlight, planOf(together))).toEqual([
      inRounds('"db", "app"', 600, 500, 2),
    ]);
    expect(await showResource(planServersInFlight, planOf(chained))).toEqual([]);
  });

  it("leaves the plan's reserve to others", async () => {
    const plan = planOf([waveOf("db", 101)], { reserve: { jobs: 0, servers: 400 } });

    expect(await showResource(planServersInFlight, plan)).toEqual([inRounds('"db"', 101, 100, 2)]);
  });
});

describe("dr-plan-jobs-at-once", () => {
  const small = (count: number) =>
    Array.from({ length: count }, (_, index) => waveOf(`w${index}`, 1));

  it.each([
    { waves: 1, said: [] },
    { waves: 19, said: [] },
    { waves: 20, said: [] },
    {
      waves: 21,
      said: [
        `advisory: expectedServers of 21 waves must fit into 20 jobs at once in ${lane}, got 21 jobs. ` +
          "They are started in 2 rounds; join waves that wait for the same ones.",
      ],
    },
    { waves: 0, said: [] },
  ])("with $waves waves of one server each", async ({ waves, said }) => {
    expect(await showResource(planJobsAtOnce, planOf(small(waves)))).toEqual(said);
  });

  it("counts a job for each hundred servers, and the reserve", async () => {
    const plan = planOf([waveOf("db", 101)], { reserve: { jobs: 19, servers: 0 } });

    expect(await showResource(planJobsAtOnce, plan)).toEqual([
      `advisory: expectedServers of 1 waves must fit into 1 jobs at once in ${lane}, got 2 jobs. ` +
        "They are started in 2 rounds; join waves that wait for the same ones.",
    ]);
  });
});

describe("dr-wave-admitted", () => {
  it.each([
    { jobs: 18, said: [] },
    { jobs: 19, said: [] },
    {
      jobs: 20,
      said: [
        "mandatory: reserve.jobs must be at most 19, got 20. Leave the plan room to start anything at all.",
      ],
    },
    {
      jobs: 21,
      said: [
        "mandatory: reserve.jobs must be at most 19, got 21. Leave the plan room to start anything at all.",
      ],
    },
  ])("with a reserve of $jobs jobs", async ({ jobs, said }) => {
    const plan = planOf([waveOf("db", 1)], { reserve: { jobs, servers: 0 } });

    expect(await showResource(waveAdmitted, plan)).toEqual(said);
  });

  it.each([
    { servers: 499, said: [] },
    {
      servers: 500,
      said: [
        "mandatory: reserve.servers must be at most 499, got 500. Leave the plan room to start anything at all.",
      ],
    },
  ])("with a reserve of $servers servers", async ({ servers, said }) => {
    const plan = planOf([waveOf("db", 1)], { reserve: { jobs: 0, servers } });

    expect(await showResource(waveAdmitted, plan)).toEqual(said);
  });

  it.each([
    { servers: 129, said: [] },
    { servers: 130, said: [] },
    {
      servers: 131,
      said: [
        "mandatory: waves[0].deadlineMinutes must be at least 130, the start of the last of 14 rounds for " +
          `131 servers in ${lane}, got 120. Lengthen it, lessen the reserve, or spread the wave over more lanes.`,
      ],
    },
    { servers: undefined, said: [] },
  ])(
    "with room for 10 servers at once, 10 minutes a launch and $servers servers",
    async ({ servers, said }) => {
      const plan = planOf([waveOf("db", servers)], { reserve: { jobs: 0, servers: 490 } });

      expect(await showResource(waveAdmitted, plan)).toEqual(said);
    },
  );

  it("takes no reserve for one of zero", async () => {
    const { reserve: _reserve, ...props } = planOf([waveOf("db", 300)]).props;

    expect(await showResource(waveAdmitted, { ...planOf([]), props })).toEqual([]);
  });
});

describe("dr-plan-within-rto", () => {
  const waves = [
    waveOf("db", 100),
    waveOf("app", 200, { dependsOn: ["db"], expectedLaunchSeconds: 900 }),
  ];
  const plan = { waves, reserve: { jobs: 0, servers: 0 }, pacingSeconds: 0 };
  const counted = plan as unknown as Parameters<typeof predictFromCounts>[0];
  const predictedMinutes = Math.ceil(predictFromCounts(counted).makespanSeconds / 60);
  const withRto = (rtoMinutes: unknown) =>
    planOf(waves, { objectives: { rtoMinutes, rpoMinutes: 15 } });

  it("predicts no less than the chain of launches", () => {
    expect(predictedMinutes).toBeGreaterThanOrEqual(25);
    expect(predictedMinutes).toBeLessThan(35);
  });

  it.each([
    { more: 1, refused: false },
    { more: 0, refused: false },
    { more: -1, refused: true },
  ])("with an RTO of $more minutes more than predicted", async ({ more, refused }) => {
    const said = await showResource(planWithinRto, withRto(predictedMinutes + more));

    const refusal =
      `mandatory: objectives.rtoMinutes must be at least ${predictedMinutes} minutes, the predicted end of ` +
      `the plan, got ${predictedMinutes + more}. Remove dependencies, spread servers over more lanes, or promise less.`;
    expect(said).toEqual(refused ? [refusal] : []);
  });

  it("refuses a plan that has no room to end at all", async () => {
    const stuck = planOf(waves, { reserve: { jobs: 20, servers: 0 } });

    expect(await showResource(planWithinRto, stuck)).toEqual([
      "mandatory: objectives.rtoMinutes must be a time at which the plan can end, and it never ends: its " +
        "reserve leaves no room, got 240. Remove dependencies, spread servers over more lanes, or promise less.",
    ]);
  });

  it("has nothing to say without an RTO", async () => {
    expect(await showResource(planWithinRto, planOf(waves, { objectives: {} }))).toEqual([]);
  });

  it("says at preview that the RTO is unknown", async () => {
    expect(await showResource(planWithinRto, withRto(unknown))).toEqual([
      uncheckedAdvisory(planWithinRto, "objectives.rtoMinutes"),
    ]);
  });
});

describe("dr-plan-counts-servers", () => {
  const uncounted =
    'advisory: waves[0].expectedServers must count the servers of wave "db" in each lane, got none. ' +
    "Declare the fleet of its lanes: neither quotas nor the RTO can be checked without it.";

  it.each([
    { servers: 1, said: [] },
    { servers: 0, said: [uncounted] },
    { servers: undefined, said: [uncounted] },
  ])("with $servers servers", async ({ servers, said }) => {
    expect(await showResource(planCountsServers, planOf([waveOf("db", servers)]))).toEqual(said);
  });
});

describe("dr-drill-cleans-up", () => {
  const drill = (cleanUp: unknown) => ({ cron: "0 9 ? * TUE *", timezone: "UTC", cleanUp });

  it.each([
    { drills: [drill(true)], said: [] },
    {
      drills: [drill(true), drill(false)],
      said: [
        "advisory: drills[1].cleanUp must be true, got false. Let the drill clean up, or plan who terminates its instances.",
      ],
    },
    { drills: [], said: [] },
    { drills: [drill(unknown)], said: [uncheckedAdvisory(drillCleansUp, "drills")] },
  ])("with $drills", async ({ drills, said }) => {
    expect(await showResource(drillCleansUp, planOf([], { drills }))).toEqual(said);
  });

  it("has nothing to say of a plan without drills", async () => {
    const { drills: _drills, ...props } = planOf([]).props;

    expect(await showResource(drillCleansUp, { ...planOf([]), props })).toEqual([]);
  });
});

describe("a plan whose waves are unknown at preview", () => {
  const rules = [
    planServersInFlight,
    planJobsAtOnce,
    waveAdmitted,
    planWithinRto,
    planCountsServers,
  ];

  it.each(rules)("is uncheckable for $name", async (rule) => {
    expect(await showResource(rule, planOf(unknown))).toEqual([uncheckedAdvisory(rule, "waves")]);
  });

  it.each(rules)("is uncheckable for $name when one count is", async (rule) => {
    const waves = [waveOf("db", unknown)];

    expect(await showResource(rule, planOf(waves))).toEqual([uncheckedAdvisory(rule, "waves")]);
  });

  it.each(rules)("has nothing to say for $name when it has none", async (rule) => {
    const { waves: _waves, ...props } = planOf([]).props;

    expect(await showResource(rule, { ...planOf([]), props })).toEqual([]);
  });
});
