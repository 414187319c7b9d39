import type { Runbook } from "./model.js";
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
      drill(outputs),
      recovery(outputs),
      cleanUp(outputs),
      lostHubRegion(outputs),
    ],
  };
}
