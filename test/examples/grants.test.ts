import { beforeAll, describe, expect, it } from "vitest";
import { plusSeconds } from "../../runtime/core/instant.js";
import type { RehearsalDocument } from "../../runtime/rehearsal/document.js";
import { type RehearsalSettings, rehearse } from "../../runtime/rehearsal/rehearse.js";
import { standingGrants } from "../../runtime/rehearsal/standing-grants.js";
import type { FunctionResult } from "../../runtime/rehearsal/states-language/index.js";
import type { World } from "../../runtime/rehearsal/world.js";
import { example } from "../rehearsal/rehearsed-example.js";

/** What an operator asks a function of the hub for, and when. */
interface Asked {
  readonly fn: "data-management" | "execution" | "query";
  readonly event: object;
  readonly afterSeconds: number;
  /** Name of the error that it is answered with; none when absent. */
  readonly refused?: string;
}

/** A rehearsal of an example, and what an operator does in it. */
interface Scenario {
  readonly example: "six-servers" | "thousand-servers";
  readonly settings?: Partial<RehearsalSettings>;
  readonly failing?: string;
  readonly asked?: readonly Asked[];
  readonly outcome?: RehearsalDocument["outcome"];
  readonly cause?: string;
}

const executionId = "rehearsal-1";
const spare = {
  name: "spare",
  members: [{ account: "555566667777", region: "us-east-1", tags: {} }],
};

const scenarios: Readonly<Record<string, Scenario>> = {
  "a scheduled drill of a thousand servers": { example: "thousand-servers" },
  "a recovery": { example: "six-servers", settings: { kind: "recovery" } },
  "a drill among a stranger's jobs": {
    example: "six-servers",
    settings: { strangers: { servers: 2, kind: "drill" } },
  },
  "a drill in which a launch fails": {
    example: "six-servers",
    failing: "s-3c1730a9e0771ea14",
    outcome: "recovered-with-failures",
  },
  "a drill that is cancelled": {
    example: "six-servers",
    asked: [{ fn: "execution", event: { operation: "cancel", executionId }, afterSeconds: 300 }],
    outcome: "cancelled",
  },
  "a drill that an operator holds, looks into and resumes": {
    example: "six-servers",
    outcome: "failed",
    cause: `function dr-six-servers-execution (start) threw plan-locked: Plan "shop" is being executed as "${executionId}". Nothing was started; wait for it, or cancel it.`,
    asked: [
      { fn: "execution", event: { operation: "pause", executionId }, afterSeconds: 300 },
      {
        fn: "execution",
        event: { operation: "start", plan: "shop", kind: "drill" },
        afterSeconds: 500,
        refused: "plan-locked",
      },
      { fn: "query", event: { operation: "inventory" }, afterSeconds: 600 },
      { fn: "query", event: { operation: "quotas" }, afterSeconds: 600 },
      { fn: "query", event: { operation: "resolve", plan: "shop" }, afterSeconds: 600 },
      { fn: "query", event: { operation: "export" }, afterSeconds: 600 },
      { fn: "data-management", event: { operation: "list-groups" }, afterSeconds: 600 },
      {
        fn: "data-management",
        event: { operation: "put-group", document: spare, revision: 0 },
        afterSeconds: 600,
      },
      {
        fn: "data-management",
        event: { operation: "delete-group", name: "spare", revision: 1 },
        afterSeconds: 700,
      },
      { fn: "execution", event: { operation: "resume", executionId }, afterSeconds: 3_000 },
    ],
  },
};

interface Rehearsed {
  readonly document: RehearsalDocument;
  readonly answers: readonly (string | undefined)[];
}

const programs = new Map<string, Promise<RehearsalSettings>>();
const rehearsed = new Map<string, Rehearsed>();

beforeAll(async () => {
  for (const name of ["six-servers", "thousand-servers"]) programs.set(name, example(name));
  for (const [name, scenario] of Object.entries(scenarios)) {
    rehearsed.set(name, await run(scenario));
  }
});

async function run({ example: name, settings, failing, asked = [] }: Scenario): Promise<Rehearsed> {
  const program = await programs.get(name);
  if (!program) throw new Error(`there is no example ${name}`);
  const answers: Promise<FunctionResult>[] = [];
  const onWorld = ({ clock, drs, functions }: World): void => {
    if (failing) drs.failServer(failing, "launch");
    for (const { fn, event, afterSeconds } of asked) {
      const hosted = program.resources.find(
        ({ type, inputs }) =>
          type === "aws:lambda/function:Function" && inputs.name === `dr-${name}-${fn}`,
      );
      clock.at(plusSeconds(clock.now(), afterSeconds), () => {
        answers.push(functions.invoke(String(hosted?.outputs.arn), event));
      });
    }
  };
  const document = await rehearse({
    ...program,
    ...settings,
    options: { inThisThread: true },
    onWorld,
  });
  const told = await Promise.all(answers);
  return { document, answers: told.map((answer) => (answer.ok ? undefined : answer.error)) };
}

/** Grants that nothing used in any of the rehearsals: `<role> <statement> <action>`, the environment left out. */
function neverUsed(): ReadonlyMap<string, string | undefined> {
  const unused = [...rehearsed.values()].map(({ document }) => {
    const prefix = `dr-${document.environment}-`;
    const lines = document.unusedGrants.flatMap(({ role, statement, actions, why }) =>
      actions.map((action) => [`${role.replace(prefix, "")} ${statement} ${action}`, why] as const),
    );
    return new Map<string, string | undefined>(lines);
  });
  const [first = new Map<string, string | undefined>(), ...others] = unused;
  return new Map([...first].filter(([grant]) => others.every((other) => other.has(grant))));
}

describe("the roles of both examples", () => {
  it.each(Object.entries(scenarios))("are denied nothing in %s", (name, scenario) => {
    const { document, answers } = rehearsed.get(name) ?? {};
    expect(document?.cause).toBe(scenario.cause);
    expect(document).toMatchObject({ outcome: scenario.outcome ?? "recovered" });
    expect(document?.brokenInvariants).toEqual([]);
    expect(answers).toEqual((scenario.asked ?? []).map(({ refused }) => refused));
  });

  it("grant nothing that no rehearsal used, save what is explained", () => {
    const unexplained = [...neverUsed()].filter(([, why]) => why === undefined);
    expect(unexplained.map(([grant]) => grant)).toEqual([]);
  });

  it("use none of what is explained as unused", () => {
    const explained = standingGrants.flatMap(({ roles, statement, actions }) =>
      roles.flatMap((role) => actions.map((action) => `${role} ${statement} ${action}`)),
    );
    expect([...neverUsed().keys()].sort()).toEqual(explained.sort());
  });
});
