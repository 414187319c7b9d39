import { stringify } from "yaml";
import { Dice } from "../../../runtime/rehearsal/campaign/dice.js";

const accounts = ["111111111111", "222222222222", "333333333333", "444444444444"] as const;
const regions = ["us-east-1", "us-west-2", "eu-west-1"] as const;

/** Plans of one estate: its program is run once for all of them. */
const plansPerEstate = 20;

interface PlannedLane {
  readonly account: string;
  readonly region: string;
}

interface PlannedWave {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

/**
 * The environment file of a seed: one to four lanes in up to four accounts, and plans over some of them, each
 * with servers of its own, one to four waves that wait for each other or not, its own reserve and pacing.
 */
export function drawEstate(seed: number): string {
  const dice = new Dice(seed, "estate");
  const lanes = drawLanes(dice);
  const plans = Array.from({ length: plansPerEstate }, (_, index) => drawPlan(dice, index, lanes));
  const fleetOf = (lane: PlannedLane) => plans.flatMap(({ sets }) => sets.get(lane) ?? []);
  return stringify(
    {
      schemaVersion: 1,
      name: `estate-${seed}`,
      owner: "platform-dr@example.com",
      hub: { account: "777788889999", regions: { home: "us-east-1", standby: "us-west-2" } },
      accounts: [...new Set(lanes.map(({ account }) => account))].map((id) => ({
        id,
        name: `account-${id.slice(0, 1)}`,
        lanes: lanes
          .filter((lane) => lane.account === id && fleetOf(lane).length > 0)
          .map((lane) => ({
            region: lane.region,
            servers: fleetOf(lane).reduce((sum, { count }) => sum + count, 0),
            fleet: fleetOf(lane),
          })),
      })),
      groups: plans.map(({ group }) => group),
      plans: plans.map(({ plan }) => plan),
    },
    { aliasDuplicateObjects: false },
  );
}

function drawLanes(dice: Dice): readonly PlannedLane[] {
  const wanted = dice.oneOf([1, 1, 2, 2, 3, 4]);
  const lanes: PlannedLane[] = [];
  while (lanes.length < wanted) {
    const lane = { account: dice.oneOf(accounts), region: dice.oneOf(regions) };
    const isNew = lanes.every(
      ({ account, region }) => account !== lane.account || region !== lane.region,
    );
    if (isNew) lanes.push(lane);
  }
  return lanes;
}

function drawPlan(dice: Dice, index: number, all: readonly PlannedLane[]) {
  const name = `plan-${index + 1}`;
  // The first plan is in every lane, so that none is without servers.
  const drawn = all.filter(() => index === 0 || dice.falls(40));
  const lanes = drawn.length > 0 ? drawn : all.slice(0, 1);
  const waves = drawWaves(dice);
  const sets = new Map(
    lanes.map((lane, place) => [
      lane,
      waves
        .filter(() => place === 0 || dice.falls(60))
        .map((wave) => ({ count: dice.whole(1, 3), tags: { Plan: name, Wave: wave.name } })),
    ]),
  );
  return {
    sets,
    group: {
      name,
      members: lanes.map(({ account, region }) => ({ account, region, tags: { Plan: name } })),
    },
    plan: {
      name,
      objectives: { rtoMinutes: dice.oneOf([60, 240, 1_440]), rpoMinutes: 15 },
      waves: waves.map((wave) => ({
        ...wave,
        group: name,
        tags: { Wave: wave.name },
        ...(dice.falls(25) ? { optional: { tags: { Wave: wave.name } } } : {}),
        failedAtMostPercent: dice.oneOf([0, 50, 100]),
        expectedLaunchSeconds: dice.oneOf([60, 90, 180]),
      })),
      reserve: { jobs: dice.oneOf([0, 2, 10]), servers: dice.oneOf([0, 20, 300]) },
      pacingSeconds: dice.oneOf([0, 0, 5, 30]),
    },
  };
}

function drawWaves(dice: Dice): readonly PlannedWave[] {
  const names = ["first", "second", "third", "fourth"].slice(0, dice.oneOf([1, 2, 2, 3, 4]));
  return names.map((name, index) => ({
    name,
    dependsOn: names.slice(0, index).filter(() => dice.falls(60)),
  }));
}
