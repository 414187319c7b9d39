import { describe, expect, it } from "vitest";
import { machineBounded } from "../../../policies/drs-limits/machine-bounded.js";
import { showResource, uncheckedAdvisory, unknown } from "../in-process.js";

const type = "aws:sfn/stateMachine:StateMachine";

type Fields = Readonly<Record<string, unknown>>;

const retryLambda = {
  ErrorEquals: [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
  ],
};
const call = {
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  TimeoutSeconds: 60,
  Retry: [retryLambda],
  End: true,
};
const hold = {
  ...call,
  Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
  Parameters: { "MessageBody.$": "$$.Task.Token" },
  HeartbeatSeconds: 60,
  Retry: [],
};
const map = {
  Type: "Map",
  MaxConcurrency: 5,
  ItemProcessor: { StartAt: "I", States: { I: { Type: "Pass", End: true } } },
  End: true,
};

async function said(states: Readonly<Record<string, Fields>>): Promise<readonly string[]> {
  const definition = JSON.stringify({ StartAt: "A", States: states });
  return showResource(machineBounded, { type, props: { definition } });
}

const without = (state: Fields, ...names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(state).filter(([name]) => !names.includes(name)));

const untimed =
  "advisory: definition.States.A must have TimeoutSeconds or HeartbeatSeconds, got none. " +
  "Without them a lost answer is waited for during three years.";
const silent =
  "advisory: definition.States.A must have HeartbeatSeconds, or TimeoutSeconds of at most 3600, got none. " +
  "A holder that died would be waited for until the time-out.";
const uncapped = (attempts: number): string =>
  `advisory: definition.States.A.Retry[0] must have MaxDelaySeconds, got ${attempts} attempts without it. ` +
  "Delays that grow come to hours.";
const unbounded = (got: string): string =>
  `advisory: definition.States.A.MaxConcurrency must be 1 or more, got ${got}. Say how many may run at once.`;
const missed = (...errors: readonly string[]): string =>
  `advisory: definition.States.A.Retry must repeat errors of Lambda that pass, got none for "${errors.join('", "')}". ` +
  "Name them, or States.ALL.";

describe("dr-machine-bounded", () => {
  it.each([
    ["a call with a time-out and retries", call, []],
    [
      "a call whose time-out comes from its input",
      { ...without(call, "TimeoutSeconds"), TimeoutSecondsPath: "$.t" },
      [],
    ],
    ["a call without a time-out", without(call, "TimeoutSeconds"), [untimed]],
    [
      "a call that repeats whatever failed",
      { ...call, Retry: [{ ErrorEquals: ["States.ALL"] }] },
      [],
    ],
    ["a call that repeats nothing", without(call, "Retry"), [missed(...retryLambda.ErrorEquals)]],
    [
      "a call that repeats in name only",
      { ...call, Retry: [{ ...retryLambda, MaxAttempts: 0 }] },
      [missed(...retryLambda.ErrorEquals)],
    ],
    [
      "a call that gives up when Lambda throttles",
      { ...call, Retry: [{ ErrorEquals: retryLambda.ErrorEquals.slice(0, 3) }] },
      [missed("Lambda.TooManyRequestsException")],
    ],
    [
      "a call of another service that repeats nothing",
      { ...without(call, "Retry"), Resource: "arn:aws:states:::sqs:sendMessage" },
      [],
    ],
    ["9 attempts that grow", { ...call, Retry: [{ ...retryLambda, MaxAttempts: 9 }] }, []],
    ["10 attempts that grow", { ...call, Retry: [{ ...retryLambda, MaxAttempts: 10 }] }, []],
    [
      "11 attempts that grow",
      { ...call, Retry: [{ ...retryLambda, MaxAttempts: 11 }] },
      [uncapped(11)],
    ],
    [
      "11 attempts that are capped",
      { ...call, Retry: [{ ...retryLambda, MaxAttempts: 11, MaxDelaySeconds: 60 }] },
      [],
    ],
    [
      "11 attempts that do not grow",
      { ...call, Retry: [{ ...retryLambda, MaxAttempts: 11, BackoffRate: 1 }] },
      [],
    ],
    ["a token with a heartbeat", hold, []],
    [
      "a token for 3,600 seconds",
      { ...without(hold, "HeartbeatSeconds"), TimeoutSeconds: 3_600 },
      [],
    ],
    [
      "a token for 3,601 seconds",
      { ...without(hold, "HeartbeatSeconds"), TimeoutSeconds: 3_601 },
      [silent],
    ],
    [
      "a token that nobody is given",
      without(hold, "Parameters"),
      [
        "advisory: definition.States.A must hand out its task token, got a request without it. Nobody could answer.",
      ],
    ],
    [
      "silence by one name",
      { ...hold, Retry: [{ ErrorEquals: ["States.HeartbeatTimeout"] }] },
      [
        "advisory: definition.States.A.Retry[0].ErrorEquals must name States.Timeout beside States.HeartbeatTimeout, " +
          "got one. AWS shows a missed heartbeat under either name.",
      ],
    ],
    ["a Map of 1 at once", { ...map, MaxConcurrency: 1 }, []],
    ["a Map of 0 at once", { ...map, MaxConcurrency: 0 }, [unbounded("0, which means all")]],
    ["a Map that does not say", without(map, "MaxConcurrency"), [unbounded("none")]],
  ] as const)("of %s", async (_, state, expected) => {
    expect(await said({ A: state })).toEqual(expected);
  });

  it("finds states in Maps, older Maps and branches", async () => {
    const bad = { StartAt: "B", States: { B: without(call, "TimeoutSeconds") } };
    const places = {
      "ItemProcessor.States.B": { ...map, ItemProcessor: bad },
      "Iterator.States.B": { ...without(map, "ItemProcessor"), Iterator: bad },
      "Branches[0].States.B": { Type: "Parallel", Branches: [bad], End: true },
    };
    for (const [place, state] of Object.entries(places)) {
      expect(await said({ A: state })).toEqual([untimed.replace("States.A", `States.A.${place}`)]);
    }
  });

  it("finds a loop that never rests, and lets one rest in a Wait or for a token", async () => {
    const again = { Type: "Choice", Choices: [{ Variable: "$.a", IsNull: true, Next: "A" }] };
    const leading = { ...without(call, "End"), Next: "B" };
    const last = { Type: "Succeed" };
    const loop = { A: leading, B: { ...again, Default: "C" }, C: last };
    expect(await said(loop)).toEqual([
      "advisory: definition.States must have a Wait in every loop, got A → B → A. Wait before trying again.",
    ]);
    const resting = { ...again, Choices: [{ Next: "W" }], Default: "C" };
    expect(
      await said({ A: leading, B: resting, W: { Type: "Wait", Seconds: 5, Next: "A" }, C: last }),
    ).toEqual([]);
    expect(
      await said({ A: leading, B: resting, W: { ...without(hold, "End"), Next: "A" }, C: last }),
    ).toEqual([]);
  });

  it("says what it cannot check at preview, and nothing of other resources", async () => {
    expect(await showResource(machineBounded, { type, props: { definition: unknown } })).toEqual([
      uncheckedAdvisory(machineBounded, "definition"),
    ]);
    expect(await showResource(machineBounded, { type: "aws:sns/topic:Topic", props: {} })).toEqual(
      [],
    );
    expect(await showResource(machineBounded, { type, props: { definition: "{}" } })).toEqual([
      "advisory: definition must be a state machine in JSON, got text that is none.",
    ]);
  });
});
