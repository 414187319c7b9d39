/** Where the script lies in its archive, and what runs of it. Source: "Packaging your Node.js canary files", CloudWatch User Guide. */
export const scriptPath = "nodejs/node_modules/ask-region.js";
export const scriptHandler = "ask-region.handler";

/**
 * Asks one URL and fails unless it answers with success in time. A canary's run is as good as its
 * handler: whatever it throws makes the run a failed one. It is text, because Synthetics takes a
 * CommonJS module that finds its libraries in the runtime, and this one needs none.
 */
export const canaryScript = `"use strict";

exports.handler = async () => {
  const { HEALTH_URL, TIMEOUT_SECONDS } = process.env;
  const signal = AbortSignal.timeout(Number(TIMEOUT_SECONDS) * 1000);
  const response = await fetch(HEALTH_URL, { redirect: "manual", signal });
  await response.arrayBuffer();
  const told = HEALTH_URL + " answered " + response.status;
  if (!response.ok) throw new Error(told);
  return told;
};
`;
