import type { Path } from "../path.js";
import { type Finding, quoted } from "../problem.js";
import type { WaveDeclaration } from "../schema.js";
import type { Part, Sound } from "../sound.js";
import { found } from "./found.js";

/** Waves that would wait for themselves, alone or in a ring. */
export function order({ plans }: Sound): readonly Finding[] {
  return plans.flatMap(({ parts }) => [
    ...parts.items.flatMap(waitsForItself),
    ...rings(parts.items),
  ]);
}

function waitsForItself({ at, value }: Part<WaveDeclaration>): readonly Finding[] {
  return value.dependsOn.flatMap((name, index) =>
    name === value.name
      ? [found([...at, "dependsOn", index], "another wave", quoted(name), "Remove it.")]
      : [],
  );
}

/** One finding for every dependency that closes a ring: without these there is none left. */
function rings(waves: readonly Part<WaveDeclaration>[]): readonly Finding[] {
  const byName = new Map(waves.map((wave) => [wave.value.name, wave]));
  const left = new Set<string>();
  const trail: string[] = [];
  const findings: Finding[] = [];
  const enter = ({ at, value }: Part<WaveDeclaration>): void => {
    trail.push(value.name);
    for (const [index, name] of value.dependsOn.entries()) {
      if (name === value.name || left.has(name)) continue;
      const start = trail.indexOf(name);
      const next = byName.get(name);
      if (start !== -1) findings.push(ring([...at, "dependsOn", index], trail.slice(start), name));
      else if (next !== undefined) enter(next);
    }
    trail.pop();
    left.add(value.name);
  };
  for (const wave of waves) if (!left.has(wave.value.name)) enter(wave);
  return findings;
}

function ring(path: Path, trail: readonly string[], closing: string): Finding {
  const shown = [...trail, closing].join(" → ");
  return found(path, "free of cycles", shown, "Remove one dependency of the cycle.");
}
