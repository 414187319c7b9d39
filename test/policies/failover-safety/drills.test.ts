import { describe, expect, it } from "vitest";
import { planDrilled } from "../../../policies/failover-safety/plan-drilled.js";
import { planOf, waveOf } from "../contracts.js";
import { type Shown, showResource, uncheckedAdvisory, unknown } from "../in-process.js";

const drill = { cron: "0 3 1 * ? *", timezone: "UTC", cleanUp: true };
const none =
  'advisory: drills of plan "payroll" must hold at least one, got none. Add one: its objectives are a prediction until then.';

describe("a plan with objectives", () => {
  const plan = (drills: unknown): Shown => planOf([waveOf("all", 1)], { drills });

  it.each<[string, Shown, readonly string[]]>([
    ["is drilled", plan([drill]), []],
    ["is drilled by two calendars", plan([drill, drill]), []],
    ["is not drilled", plan([]), [none]],
    ["is not drilled where it says nothing", plan(null), [none]],
    ["may be drilled", plan(unknown), [uncheckedAdvisory(planDrilled, "drills")]],
    ["is none without objectives", planOf([], { objectives: null }), []],
    ["is none of another component's", { type: "aws-dr:recovery:SpokeAccount", props: {} }, []],
  ])("%s", async (_title, shown, said) => {
    expect(await showResource(planDrilled, shown)).toEqual(said);
  });
});
