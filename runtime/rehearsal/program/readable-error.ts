const ansiColour = /\u001b\[[0-9;]*m/g;
const runnerPreamble = /^Running program '[^']*' failed with an unhandled exception:\s*/;
const registrationPreamble = /^(Error: )?failed to register new resource .*?: 2 UNKNOWN: /;
const invokePreamble = /^(Error: )?Invoking function: tok=\S+ asynchronously, failed: 2 UNKNOWN: /;
const serializationPreamble = /^(Error: )?(error serializing property "[^"]*": )+/;
const stackFrame = /^\s+at .+$/;

/** Reduces what a failing program tells to what its author must know: no colours, preambles or stack traces. */
export function readableError(text: string): string {
  const lines = text.replace(ansiColour, "").replace(runnerPreamble, "").split("\n");
  return lines
    .filter((line) => !stackFrame.test(line))
    .join("\n")
    .replace(registrationPreamble, "")
    .replace(invokePreamble, "")
    .replace(serializationPreamble, "")
    .replace(/^Error: /, "")
    .trim();
}
