import { plusSeconds } from "../../core/instant.js";
import type { RegisteredResource } from "../program/registered.js";
import type { World } from "../world.js";

const scheduleType = "aws:scheduler/schedule:Schedule";

const unitSeconds: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/**
 * Lets a function run on its schedule from now on, as EventBridge Scheduler would: as deployed, and
 * as long as anything else keeps the clock going. Answers how often it has run.
 */
export function letPublish(
  resources: readonly RegisteredResource[],
  functionArn: string,
  { clock, functions }: Pick<World, "clock" | "functions">,
): () => number {
  const seconds = secondsBetweenRuns(resources, functionArn);
  let runs = 0;
  if (seconds === undefined) return () => runs;
  const run = (): void => {
    runs += 1;
    clock.besides(plusSeconds(clock.now(), seconds), run);
    // What it throws is in the record of the invocation, and fails the rehearsal there.
    void functions.invoke(functionArn, {});
  };
  clock.besides(clock.now(), run);
  return () => runs;
}

/** By the enabled schedule of the function; nothing where it has none that repeats at a rate. */
function secondsBetweenRuns(
  resources: readonly RegisteredResource[],
  functionArn: string,
): number | undefined {
  const schedule = resources.find(
    ({ type, inputs }) =>
      type === scheduleType &&
      inputs.state !== "DISABLED" &&
      Object(inputs.target).arn === functionArn,
  );
  const expression = String(schedule?.inputs.scheduleExpression ?? "");
  const [, count, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const ofUnit = unitSeconds[unit];
  return count === undefined || ofUnit === undefined ? undefined : Number(count) * ofUnit;
}
