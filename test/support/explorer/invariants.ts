import { before } from "../../../runtime/core/instant.js";
import type { ModelJob } from "../execution/memory-drs.js";
import type { Scene, World } from "./world.js";

/** What is wrong with a world, by the invariants that hold at every moment. */
export function brokenIn(scene: Scene, world: World): string | undefined {
  return (
    startedTwice(world) ??
    overQuota(scene, world) ??
    beforeItsGate(scene, world) ??
    harmed(world) ??
    uncovered(world)
  );
}

/** What is wrong when the execution has ended. */
export function brokenAtEnd(scene: Scene, world: World): string | undefined {
  return unwatched(world) ?? untold(scene, world);
}

function ours({ jobs }: World): readonly ModelJob[] {
  return jobs.filter(({ by }) => by === "us");
}

function startedTwice(world: World): string | undefined {
  const seen = new Map<string, string>();
  for (const { job } of ours(world)) {
    for (const { server } of job.servers) {
      const first = seen.get(server);
      if (first) return `1: ${server} is started twice, in ${first} and ${job.jobId}`;
      seen.set(server, job.jobId);
    }
  }
  return undefined;
}

function overQuota({ quotas }: Scene, world: World): string | undefined {
  const large = ours(world).find(({ job }) => job.servers.length > quotas.serversPerJob);
  return large && `2: ${large.job.jobId} has more servers than a job takes`;
}

function uncovered({ called, intended, jobs }: World): string | undefined {
  const twice = called.find((batch, index) => called.indexOf(batch) !== index);
  if (twice !== undefined) return `7: batch ${twice} is called twice`;
  const unknown = called.find((batch) => !(batch in intended));
  if (unknown !== undefined)
    return `7: batch ${unknown} is called without an intent in the journal`;
  const other = jobs.find(({ by, job }) => {
    const intent = intended[job.tags["dr:batch"] ?? ""];
    return by === "us" && intent && job.servers.some(({ server }) => !intent.includes(server));
  });
  return other && `7: ${other.job.jobId} has servers that its intent does not name`;
}

/** A launch of a wave while one of a wave that it depends on still runs. */
function beforeItsGate({ head, members }: Scene, world: World): string | undefined {
  const waveOf = new Map(members.map(({ server, wave }) => [server, wave]));
  const launches = ours(world).flatMap(({ job, ends }) =>
    [...ends].map(([server, end]) => ({ server, wave: waveOf.get(server), job, end })),
  );
  for (const { server, wave, job } of launches) {
    const needed = head.waves.find(({ name }) => name === wave)?.dependsOn ?? [];
    const early = members.find(
      (member) =>
        needed.includes(member.wave) &&
        !launches.some((one) => one.server === member.server && !before(job.createdAt, one.end)) &&
        !world.ended.some(({ results }) => results.some((one) => one.server === member.server)),
    );
    if (early) return `5: ${server} starts in ${job.jobId} before ${early.server} has launched`;
  }
  return undefined;
}

/** A drill of ours that replaces what a stranger really recovered. */
function harmed(world: World): string | undefined {
  const recoveries = world.jobs.filter(
    ({ by, job }) => by === "stranger" && job.initiatedBy === "START_RECOVERY",
  );
  for (const { job } of ours(world)) {
    if (job.initiatedBy !== "START_DRILL") continue;
    for (const { server } of job.servers.filter((one) => !world.failing.includes(one.server))) {
      const real = recoveries.find(({ ends }) => {
        const end = ends.get(server);
        return end !== undefined && !before(job.createdAt, end);
      });
      if (real)
        return `6: the drill ${job.jobId} replaces what ${real.job.jobId} recovered on ${server}`;
    }
  }
  return undefined;
}

function unwatched(world: World): string | undefined {
  const known = new Set(world.ended.map(({ jobId }) => jobId));
  const lost = ours(world).find(({ job }) => !known.has(job.jobId));
  if (lost) return `3: ${lost.job.jobId} is not in the journal`;
  const running = ours(world).find(({ endsAt }) => before(world.now, endsAt));
  return running && `3: ${running.job.jobId} was not watched to its end`;
}

function untold({ members }: Scene, world: World): string | undefined {
  const results = world.ended.flatMap((batch) => batch.results);
  for (const { server } of members) {
    const told = results.filter((one) => one.server === server);
    const [result] = told;
    if (!result) return `4: ${server} has no result`;
    if (new Set(told.map(({ outcome }) => outcome)).size > 1)
      return `4: ${server} ends in two ways`;
    if (result.outcome !== "launched" && !result.reason)
      return `4: ${server} ends without a reason`;
    const job = ours(world).find(({ ends }) => ends.has(server));
    const outcome = world.failing.includes(server) ? "failed" : "launched";
    if (job && result.outcome !== outcome) {
      return `4: ${server} is told as ${result.outcome}, but ${job.job.jobId} ${outcome} it`;
    }
  }
  return undefined;
}
