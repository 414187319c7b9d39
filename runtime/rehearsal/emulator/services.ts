import type { Clock } from "../../core/ports.js";
import type { DrsEmulator } from "../services/drs/drs.js";
import { createEc2Instances } from "../services/ec2-instances.js";
import type { EmulatedService } from "../services/service.js";
import { createServiceQuotas, type QuotaOverrides } from "../services/service-quotas.js";
import type { Sessions } from "../services/sessions.js";
import { createSns } from "../services/sns.js";
import { createSsmAutomation } from "../services/ssm-automation.js";
import { createSts } from "../services/sts.js";
import type { EmulatorClock } from "./clocks.js";

export interface ServicesSettings {
  readonly drs: DrsEmulator;
  readonly clock: EmulatorClock;
  /** By which credentials last. */
  readonly realTime: Clock;
  readonly sessions: Sessions;
  readonly quotas: ReadonlyMap<string, QuotaOverrides>;
}

/** Every service of an emulator. Whoever can reach them may do everything. */
export function emulatedServices(settings: ServicesSettings): readonly EmulatedService[] {
  const { drs, clock, realTime, sessions, quotas } = settings;
  const decideTrust = () => ({ allowed: true, reason: "nobody decides" });
  return [
    drs,
    createSts({ sessions, clock: realTime, decideTrust, decidesRights: false }),
    createServiceQuotas({ quotas: (lane) => quotas.get(lane) }),
    createSns({ clock, topicExists: () => true }),
    createEc2Instances(drs),
    createSsmAutomation(clock),
  ];
}
