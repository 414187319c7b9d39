import type { DrsNotice } from "../services/drs/drs.js";

/** Source: EventBridge User Guide, API destinations, client execution time-out. */
const timeoutMs = 5_000;

/**
 * Posts an event to an endpoint, as EventBridge does to an API destination, once: a real rule tries
 * again for up to a day. Answers why it did not arrive; nothing where it did.
 */
export async function postEvent(target: string, notice: DrsNotice): Promise<string | undefined> {
  try {
    const reply = await fetch(target, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(notice),
      signal: AbortSignal.timeout(timeoutMs),
    });
    await reply.body?.cancel();
    return reply.ok ? undefined : `${target} answered ${reply.status}`;
  } catch (thrown) {
    return `${target} did not answer: ${String(thrown)}`;
  }
}
