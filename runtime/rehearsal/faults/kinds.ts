import type { FaultKind } from "./profile.js";

/** What each kind of fault does. Printed in docs/faults.md. */
export const faultKinds: Readonly<Record<FaultKind, string>> = {
  throttling:
    "The service refuses the call as one too many: 429 of DRS and SNS with `Retry-After`, 400 elsewhere. Nothing is done.",
  "internal-error":
    "The service answers 500. `before`: nothing was done. `after`: it was done all the same.",
  "lost-reply": "The call is done, and the connection breaks before its reply.",
  "lost-call": "The connection breaks, and the call never arrives.",
  "late-call":
    "The function dies with the call on its way; it arrives, and is done, that much later.",
  death: "The function's process is killed at the call. `after`: the call is still done.",
  "time-out":
    "The function hangs at the call until Lambda's time-out ends it. `after`: the call is still done.",
  "expired-token": "The call is refused because the session is over.",
  "refused-credentials": "AssumeRole is denied by a service control policy.",
  "stale-read": "A Describe call of DRS is answered as things stood that long ago.",
  "hidden-job":
    "DescribeJobs of DRS does not show the job that the call starts until that much later; the reply names it.",
  "dark-lane":
    "DRS and Service Quotas of a Region answer nothing: calls wait for their time-out (`hangs`), or break at once (`refuses`).",
  "clock-skew":
    "The clock of DRS in a Region is ahead by that much, or behind where negative; it jumps where the window begins and ends.",
  "lost-event":
    "A state machine loses its connection to Lambda. `before`: the function never runs. `after`: it ran, and its answer is lost.",
  "duplicate-event": "A function gets an event twice, the second time that much later.",
  "late-event": "A function gets an event that much later, and so after events that came after it.",
  stranger: "Somebody else starts a job in DRS: on servers, or instances, that are free then.",
  "restarted-machine":
    "Somebody starts the newest execution of a state machine again (under its own name, or a new one), stops it, or both.",
};
