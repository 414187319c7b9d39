import {
  blocksOf,
  errorsIn,
  type FoundBlock,
  type FoundState,
  nextsOf,
  statesOf,
} from "./state-machine.js";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Errors of Lambda that say nothing about the request. AWS: "Handle transient Lambda service
 * exceptions", best practices of Step Functions.
 */
const transientErrors = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
];

/** Longest silence after which the holder of a task token must count as lost. */
const longestSilenceSeconds = 3_600;

/** Attempts above which doubled delays come to hours unless they are capped. */
const uncappedAttempts = 10;

/**
 * What can keep a machine from ending: waits without an end, errors of a moment taken for good,
 * loops that never rest, and Maps without a bound. All problems, with their paths.
 */
export function machineProblems(definition: Fields): readonly string[] {
  return [
    ...statesOf(definition).flatMap((found) => [
      ...(found.state.Type === "Task" ? taskProblems(found) : []),
      ...(found.state.Type === "Map" ? mapProblems(found) : []),
      ...retryProblems(found),
      ...silenceProblems(found),
    ]),
    ...blocksOf(definition).flatMap(spinProblems),
  ];
}

function taskProblems({ path, state }: FoundState): readonly string[] {
  const problems: string[] = [];
  const isTimed = isSet(state, "TimeoutSeconds") || isSet(state, "HeartbeatSeconds");
  if (!isTimed) {
    problems.push(
      `${path} must have TimeoutSeconds or HeartbeatSeconds, got none. ` +
        "Without them a lost answer is waited for during three years.",
    );
  }
  const resource = String(state.Resource);
  if (resource.endsWith(".waitForTaskToken")) problems.push(...tokenProblems(path, state));
  if (/:lambda:/.test(resource)) {
    const missed = transientErrors.filter((error) => !isRetried(state, error));
    if (missed.length > 0) {
      problems.push(
        `${path}.Retry must repeat errors of Lambda that pass, got none for "${missed.join('", "')}". ` +
          "Name them, or States.ALL.",
      );
    }
  }
  return problems;
}

function tokenProblems(path: string, state: Fields): readonly string[] {
  const problems: string[] = [];
  const given = JSON.stringify([state.Arguments, state.Parameters]);
  if (!given.includes("Task.Token")) {
    problems.push(
      `${path} must hand out its task token, got a request without it. Nobody could answer.`,
    );
  }
  const { TimeoutSeconds: timeout } = state;
  const isShort = typeof timeout === "number" && timeout <= longestSilenceSeconds;
  if (!isShort && !isSet(state, "HeartbeatSeconds")) {
    problems.push(
      `${path} must have HeartbeatSeconds, or TimeoutSeconds of at most ${longestSilenceSeconds}, got none. ` +
        "A holder that died would be waited for until the time-out.",
    );
  }
  return problems;
}

function mapProblems({ path, state }: FoundState): readonly string[] {
  const { MaxConcurrency: most } = state;
  if (isSet(state, "MaxConcurrency") && most !== 0) return [];
  const got = most === 0 ? "0, which means all" : "none";
  return [`${path}.MaxConcurrency must be 1 or more, got ${got}. Say how many may run at once.`];
}

function retryProblems({ path, state }: FoundState): readonly string[] {
  return errorsIn(state, "Retry").flatMap(({ path: place, rule }) => {
    const { MaxAttempts: attempts = 3, BackoffRate: rate = 2, MaxDelaySeconds: cap } = rule;
    const grows = Number(attempts) > uncappedAttempts && Number(rate) > 1;
    if (!grows || cap !== undefined) return [];
    return [
      `${path}.${place} must have MaxDelaySeconds, got ${attempts} attempts without it. ` +
        "Delays that grow come to hours.",
    ];
  });
}

/** AWS's pages call a missed heartbeat by both names, so a rule that means it names both. */
function silenceProblems({ path, state }: FoundState): readonly string[] {
  const rules = [...errorsIn(state, "Retry"), ...errorsIn(state, "Catch")];
  return rules.flatMap(({ path: place, names }) => {
    const isHalf = names.includes("States.HeartbeatTimeout") && !names.includes("States.Timeout");
    return isHalf
      ? [
          `${path}.${place}.ErrorEquals must name States.Timeout beside States.HeartbeatTimeout, ` +
            "got one. AWS shows a missed heartbeat under either name.",
        ]
      : [];
  });
}

/** A loop in which no state waits runs into 25,000 events, or into a bill. */
function spinProblems({ path, states }: FoundBlock): readonly string[] {
  const restless = new Set(
    Object.entries(states).flatMap(([name, state]) => (isResting(state) ? [] : [name])),
  );
  const loop = [...restless].map((name) => wayBack(name, states, restless)).find(Boolean);
  if (loop === undefined) return [];
  return [
    `${path}States must have a Wait in every loop, got ${loop.join(" → ")}. ` +
      "Wait before trying again.",
  ];
}

function isResting({ Type: type, Resource: resource }: Fields): boolean {
  return type === "Wait" || String(resource).endsWith(".waitForTaskToken");
}

/** The shortest way from a state back to itself through states that do not rest. */
function wayBack(
  name: string,
  states: Readonly<Record<string, Fields>>,
  restless: ReadonlySet<string>,
): readonly string[] | undefined {
  const seen = new Set<string>();
  const ways: (readonly string[])[] = [[name]];
  for (const way of ways) {
    for (const next of nextsOf(states[way.at(-1) ?? ""] ?? {})) {
      if (next === name) return [...way, name];
      if (!restless.has(next) || seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}

function isRetried(state: Fields, error: string): boolean {
  return errorsIn(state, "Retry").some(
    ({ names, rule }) =>
      rule.MaxAttempts !== 0 &&
      [error, "States.ALL", "States.TaskFailed"].some((name) => names.includes(name)),
  );
}

/** In JSONPath a number may come from the input: `TimeoutSecondsPath`. */
function isSet(state: Fields, field: string): boolean {
  return state[field] !== undefined || state[`${field}Path`] !== undefined;
}
