import { before, type Instant, latest, plusSeconds } from "../../../core/instant.js";
import type { LaneKey } from "../../../core/lane.js";
import type { Wave } from "../../../core/recovery/plan.js";
import type { DrsEvent } from "../../services/drs/events.js";
import type { ReportedServer } from "../accounted.js";
import type { Scene, SceneMember } from "../scene.js";
import { SettledMembers, type Settlement } from "../settled-members.js";
import type { Breach, InvariantFactory } from "./invariant.js";

/**
 * No server starts before its gate is open: every member of the waves that its own depends on is
 * settled in every lane, or the wave's deadline has passed, and no lane's tolerance is broken. A lane
 * that the execution tells as lost from the start, and in which it started nothing, holds no gate.
 */
export const gateOrder: InvariantFactory = (scene, ledger) => {
  const settled = new SettledMembers(scene, ledger, scene.unusable);
  const starts: Start[] = [];
  return {
    name: "gate-order",
    on(event) {
      if (event.type === "job-started" && event.kind === "launch" && event.by !== "stranger") {
        starts.push(event);
      }
      settled.apply(event);
      return [];
    },
    end(_at, reported) {
      const gates = new Gates(scene, settled, lanesThatHold(scene, starts, reported));
      return starts.flatMap(({ jobId, servers, lane, at }): readonly Breach[] => {
        const waves = new Set(servers.map((server) => scene.members.get(server)?.wave));
        return scene.waves
          .filter(({ name }) => waves.has(name))
          .flatMap((wave) => gates.whatKeepsClosed(wave, at) ?? [])
          .map((what) => ({ what: `job ${jobId}: ${what}`, lane, at }));
      });
    },
  };
};

type Start = Extract<DrsEvent, { readonly type: "job-started" }>;

/** Lanes whose members are waited for. */
function lanesThatHold(
  scene: Scene,
  starts: readonly Start[],
  reported: readonly ReportedServer[],
): ReadonlySet<LaneKey> {
  const lost = new Set(reported.flatMap(({ server, isLaneLost }) => (isLaneLost ? [server] : [])));
  const members = [...scene.members.values()].filter(({ server }) => !lost.has(server));
  return new Set([...starts, ...members].map(({ lane }) => lane));
}

class Gates {
  private readonly scene: Scene;
  private readonly settled: SettledMembers;
  private readonly byWave = new Map<string, readonly SceneMember[]>();

  constructor(scene: Scene, settled: SettledMembers, lanes: ReadonlySet<LaneKey>) {
    this.scene = scene;
    this.settled = settled;
    const members = [...scene.members.values()].filter(({ lane }) => lanes.has(lane));
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
      const doneAt = this.doneAt(dependency, now);
      if (before(now, doneAt)) {
        const open = this.unsettled(dependency, now);
        return `wave "${wave.name}" began while ${open} of wave "${dependency.name}" were not done`;
      }
      const lane = this.brokenLane(dependency, now);
      if (lane) {
        return `wave "${wave.name}" began although wave "${dependency.name}" had failed in ${lane}`;
      }
    }
    return undefined;
  }

  private dependenciesOf({ dependsOn }: Wave): readonly Wave[] {
    return this.scene.waves.filter(({ name }) => dependsOn.includes(name));
  }

  private openedAt(wave: Wave, now: Instant): Instant {
    return latest(
      this.scene.startedAt,
      ...this.dependenciesOf(wave).map((one) => this.doneAt(one, now)),
    );
  }

  /** How a member stood at a moment. */
  private standing(member: SceneMember, now: Instant): Settlement | undefined {
    const settlement = this.settled.of(member);
    return settlement && !before(now, settlement.at) ? settlement : undefined;
  }

  /** When all members were settled, or else when the wave's deadline ends the wait for them. */
  private doneAt(wave: Wave, now: Instant): Instant {
    const openedAt = this.openedAt(wave, now);
    const deadline = plusSeconds(openedAt, wave.deadlineMinutes * 60);
    const settlements = (this.byWave.get(wave.name) ?? []).map(
      (one) => this.standing(one, now)?.at,
    );
    const times = settlements.filter((at) => at !== undefined);
    return times.length < settlements.length ? deadline : latest(openedAt, ...times);
  }

  private unsettled(wave: Wave, now: Instant): string {
    const members = this.byWave.get(wave.name) ?? [];
    const open = members.filter((member) => this.standing(member, now) === undefined);
    const [first] = open;
    return `${open.length} servers (${first?.server ?? "none"} among them)`;
  }

  private brokenLane(wave: Wave, now: Instant): LaneKey | undefined {
    const critical = (this.byWave.get(wave.name) ?? []).filter(({ isCritical }) => isCritical);
    const lanes = new Set(critical.map(({ lane }) => lane));
    return [...lanes].find((lane) => {
      const ofLane = critical.filter((member) => member.lane === lane);
      const failed = ofLane.filter((one) => this.standing(one, now)?.outcome === "failed");
      return failed.length * 100 > ofLane.length * wave.failedAtMostPercent;
    });
  }
}
