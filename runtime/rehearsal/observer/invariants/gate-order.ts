import { before, type Instant, latest, plusSeconds } from "../../../core/instant.js";
import type { LaneKey } from "../../../core/lane.js";
import type { Wave } from "../../../core/recovery/plan.js";
import type { Scene, SceneMember } from "../scene.js";
import { SettledMembers } from "../settled-members.js";
import type { Breach, InvariantFactory } from "./invariant.js";

/**
 * No server starts before its gate is open: every member of the waves that its own depends on is
 * settled in every lane, or the wave's deadline has passed, and no lane's tolerance is broken.
 */
export const gateOrder: InvariantFactory = (scene, ledger) => {
  const settled = new SettledMembers(scene, ledger, scene.unusable);
  const gates = new Gates(scene, settled);
  return {
    name: "gate-order",
    on(event) {
      const breaches: Breach[] = [];
      if (event.type === "job-started" && event.kind === "launch" && event.by !== "stranger") {
        const waves = new Set(event.servers.map((server) => scene.members.get(server)?.wave));
        for (const wave of scene.waves.filter(({ name }) => waves.has(name))) {
          const what = gates.whatKeepsClosed(wave, event.at);
          if (what)
            breaches.push({ what: `job ${event.jobId}: ${what}`, lane: event.lane, at: event.at });
        }
      }
      settled.apply(event);
      return breaches;
    },
  };
};

class Gates {
  private readonly scene: Scene;
  private readonly settled: SettledMembers;
  private readonly byWave = new Map<string, readonly SceneMember[]>();

  constructor(scene: Scene, settled: SettledMembers) {
    this.scene = scene;
    this.settled = settled;
    const members = [...scene.members.values()];
    for (const { name } of scene.waves) {
      this.byWave.set(
        name,
        members.filter(({ wave }) => wave === name),
      );
    }
  }

  /** Why the wave may not start now, or nothing when it may. */
  whatKeepsClosed(wave: Wave, now: Instant): string | undefined {
    for (const dependency of this.dependenciesOf(wave)) {
      const doneAt = this.doneAt(dependency);
      if (before(now, doneAt)) {
        const open = this.unsettled(dependency, now);
        return `wave "${wave.name}" began while ${open} of wave "${dependency.name}" were not done`;
      }
      const lane = this.brokenLane(dependency);
      if (lane) {
        return `wave "${wave.name}" began although wave "${dependency.name}" had failed in ${lane}`;
      }
    }
    return undefined;
  }

  private dependenciesOf({ dependsOn }: Wave): readonly Wave[] {
    return this.scene.waves.filter(({ name }) => dependsOn.includes(name));
  }

  private openedAt(wave: Wave): Instant {
    return latest(
      this.scene.startedAt,
      ...this.dependenciesOf(wave).map((one) => this.doneAt(one)),
    );
  }

  /** When all members were settled, or else when the wave's deadline ends the wait for them. */
  private doneAt(wave: Wave): Instant {
    const openedAt = this.openedAt(wave);
    const deadline = plusSeconds(openedAt, wave.deadlineMinutes * 60);
    const settlements = (this.byWave.get(wave.name) ?? []).map((one) => this.settled.of(one)?.at);
    const times = settlements.filter((at) => at !== undefined);
    return times.length < settlements.length ? deadline : latest(openedAt, ...times);
  }

  private unsettled(wave: Wave, now: Instant): string {
    const members = this.byWave.get(wave.name) ?? [];
    const open = members.filter((member) => {
      const settlement = this.settled.of(member);
      return settlement === undefined || before(now, settlement.at);
    });
    const [first] = open;
    return `${open.length} servers (${first?.server ?? "none"} among them)`;
  }

  private brokenLane(wave: Wave): LaneKey | undefined {
    const critical = (this.byWave.get(wave.name) ?? []).filter(({ isCritical }) => isCritical);
    const lanes = new Set(critical.map(({ lane }) => lane));
    return [...lanes].find((lane) => {
      const ofLane = critical.filter((member) => member.lane === lane);
      const failed = ofLane.filter((member) => this.settled.of(member)?.outcome === "failed");
      return failed.length * 100 > ofLane.length * wave.failedAtMostPercent;
    });
  }
}
