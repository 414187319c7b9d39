import { appendFileSync } from "node:fs";

/* Stands for the gateway that `of` names; breaches go, a line each, into the file that the parent reads. */
const original = await import(new URL(import.meta.url).searchParams.get("of"));
const { judgedGateway, takenBreaches } = await import(process.env.TEST_LEDGER);

function judged(options) {
  return judgedGateway(options, () => {
    const lines = takenBreaches().map((breach) => `${JSON.stringify(breach)}\n`);
    if (lines.length > 0) appendFileSync(process.env.TEST_BREACHES, lines.join(""));
  });
}

export const startGateway = (options) => original.startGateway(judged(options));
export const gatewayListener = (options) => original.gatewayListener(judged(options));
