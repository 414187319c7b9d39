import { cellCanary } from "./cell-canary.js";
import { cellTopics } from "./cell-topics.js";
import { cellWatch } from "./cell-watch.js";
import { failoverAccelerator } from "./failover-accelerator.js";
import { failoverRouting } from "./failover-routing.js";
import { routingControls } from "./routing-controls.js";
import { takeOverSwitch } from "./take-over-switch.js";

/** What turns traffic, and what watches over a cell. */
export const tables = [
  cellCanary,
  cellTopics,
  cellWatch,
  failoverAccelerator,
  failoverRouting,
  routingControls,
  takeOverSwitch,
];
