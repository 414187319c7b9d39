import type { RehearsalDocument } from "../../runtime/rehearsal/document.js";
import { sampleRehearsal, sixServers } from "./sample-rehearsal.js";

/** A document in which every text that others choose is `text`, and every optional name is there. */
export function hostileRehearsal(text: string): RehearsalDocument {
  const sample = sampleRehearsal({ ...sixServers, failEvery: 3, skipEvery: 4, heldByStranger: 2 });
  return {
    ...sample,
    environment: text,
    plan: text,
    cause: text,
    calls: { ...sample.calls, [text]: 3 },
    heldBack: { [text]: 2 },
    waves: sample.waves.map((wave) => ({ ...wave, wave: text, dependsOn: [text] })),
    jobTraces: sample.jobTraces.map((job) => ({ ...job, wave: text })),
    serverTraces: sample.serverTraces.map((server) => ({ ...server, wave: text, reason: text })),
    brokenInvariants: [
      { invariant: text, lane: "111111111111/us-east-1", atSeconds: 60, what: text },
    ],
    faults: { profile: text, injected: { [text]: 2 } },
    watching: {
      runs: 1,
      datapoints: 1,
      alarms: [
        {
          name: text,
          state: "ALARM",
          changes: [{ atSeconds: 1, state: "ALARM" }],
          problem: text,
        },
      ],
    },
    unusedGrants: [
      { role: text, accounts: ["111111111111"], statement: text, actions: [text], why: text },
    ],
  };
}
