import { cellSections } from "./cells/sections.js";
import type { Runbook, Section } from "./model.js";
import { hasServers } from "./outputs/checks.js";
import type { Outputs } from "./outputs/schema.js";
import { cleanUp } from "./sections/clean-up.js";
import { drill } from "./sections/drill.js";
import { lostHubRegion } from "./sections/lost-hub.js";
import { overview } from "./sections/overview.js";
import { recovery } from "./sections/recovery.js";

/** What operators do in this environment, made of what its stack says of itself. */
export function runbook(outputs: Outputs): Runbook {
  return {
    environment: outputs.environment,
    sections: [
      overview(outputs),
      ...serverSections(outputs),
      ...outputs.cells.flatMap((cell) => cellSections(outputs.environment, cell)),
    ],
  };
}

function serverSections(outputs: Outputs): readonly Section[] {
  if (!hasServers(outputs)) return [];
  return [drill, recovery, cleanUp, lostHubRegion].map((section) => section(outputs));
}
