import type { RecoveryPlan, Wave } from "../../runtime/core/recovery/plan.js";
import {
  expectedLaunchSeconds,
  failedAtMostPercent,
  pacingSeconds,
  reservedJobs,
  reservedServers,
  rpoMinutes,
  rtoMinutes,
  waveDeadlineMinutes,
} from "../../runtime/limits.js";
import { Problems, resourceName, within } from "../arguments.js";
import type { Drill } from "./recovery-plan.js";

/** Everything that is wrong with a plan and its drills, before anything is created. */
export function planProblems(plan: RecoveryPlan, drills: readonly Drill[]): Problems {
  const problems = new Problems();
  const { objectives, reserve } = plan;
  problems.check("plan.name", resourceName, plan.name);
  problems.check("plan.objectives.rtoMinutes", within(rtoMinutes), objectives.rtoMinutes);
  problems.check("plan.objectives.rpoMinutes", within(rpoMinutes), objectives.rpoMinutes);
  problems.check("plan.reserve.jobs", within(reservedJobs), reserve.jobs);
  problems.check("plan.reserve.servers", within(reservedServers), reserve.servers);
  problems.check("plan.pacingSeconds", within(pacingSeconds), plan.pacingSeconds);
  if (plan.waves.length === 0) {
    problems.add("plan.waves", "must name at least one wave, got none. Add a wave");
  }
  addWaveProblems(problems, plan.waves);
  for (const [index, { cron }] of drills.entries()) {
    problems.add(`drills[${index}].cron`, cronProblem(cron));
  }
  return problems;
}

function addWaveProblems(problems: Problems, waves: readonly Wave[]): void {
  for (const [index, wave] of waves.entries()) {
    const path = `plan.waves[${index}]`;
    problems.check(`${path}.name`, resourceName, wave.name);
    problems.add(`${path}.name`, repeatedName(waves, index));
    problems.check(`${path}.group`, resourceName, wave.group);
    problems.check(
      `${path}.failedAtMostPercent`,
      within(failedAtMostPercent),
      wave.failedAtMostPercent,
    );
    problems.check(`${path}.deadlineMinutes`, within(waveDeadlineMinutes), wave.deadlineMinutes);
    problems.check(
      `${path}.expectedLaunchSeconds`,
      within(expectedLaunchSeconds),
      wave.expectedLaunchSeconds,
    );
    for (const [position, dependency] of wave.dependsOn.entries()) {
      problems.add(`${path}.dependsOn[${position}]`, dependencyProblem(waves, dependency));
    }
  }
  problems.add("plan.waves", cycleProblem(waves));
}

function repeatedName(waves: readonly Wave[], index: number): string | undefined {
  const names = waves.map((wave) => wave.name);
  const name = names[index];
  if (name === undefined || names.indexOf(name) === index) return undefined;
  return `must be a name of its own, got "${name}" again. Rename one of the two`;
}

function dependencyProblem(waves: readonly Wave[], dependency: string): string | undefined {
  if (waves.some((wave) => wave.name === dependency)) return undefined;
  const names = waves.map((wave) => `"${wave.name}"`).join(", ");
  return `must name a wave of the plan (${names}), got "${dependency}". Correct the name`;
}

function cycleProblem(waves: readonly Wave[]): string | undefined {
  const circle = waves.filter((wave) => allDependencies(waves, wave).has(wave.name));
  if (circle.length === 0) return undefined;
  const names = circle.map((wave) => `"${wave.name}"`).join(", ");
  return `must not wait for each other in a circle, got ${names}. Remove one of their dependencies`;
}

/** The waves that a wave waits for, directly or through others. */
function allDependencies(waves: readonly Wave[], { dependsOn }: Wave): ReadonlySet<string> {
  const found = new Set(dependsOn);
  for (const name of found) {
    const wave = waves.find((candidate) => candidate.name === name);
    for (const next of wave?.dependsOn ?? []) found.add(next);
  }
  return found;
}

/** The form alone: what a field may hold, AWS says itself when the schedule is created. */
function cronProblem(cron: string): string | undefined {
  const fields = cron.trim().split(/\s+/);
  const [, , dayOfMonth, , dayOfWeek] = fields;
  const hasOneFreeDay = (dayOfMonth === "?") !== (dayOfWeek === "?");
  if (fields.length === 6 && hasOneFreeDay) return undefined;
  return `must be six fields without cron(), ? in one of the two day fields, got "${cron}". Write it as in "0 9 ? * TUE#2 *"`;
}
