import { capacityAlarms } from "./capacity-alarms.js";
import { capacityPublisher } from "./capacity-publisher.js";
import { capacityDashboard, executionDashboard, replicationDashboard } from "./dashboards.js";
import { observabilityLink, observabilitySink } from "./observability.js";
import { orchestrationHub } from "./orchestration-hub.js";
import { protectionGroup } from "./protection-group.js";
import { recoveryPlan } from "./recovery-plan.js";
import { spokeAccount } from "./spoke-account.js";

/** The hub, what it recovers, and what is counted and shown of it. */
export const tables = [
  capacityAlarms,
  capacityDashboard,
  capacityPublisher,
  executionDashboard,
  observabilityLink,
  observabilitySink,
  orchestrationHub,
  protectionGroup,
  recoveryPlan,
  replicationDashboard,
  spokeAccount,
];
