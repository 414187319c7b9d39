import { describe, expect, test } from "vitest";
import { readOutputs } from "../../runtime/runbook/outputs/read.js";
import type { ServerOutputs } from "../../runtime/runbook/outputs/schema.js";
import { sampleOutputs, sampleText } from "./sample-outputs.js";

function messagesOf(text: string): readonly string[] {
  const read = readOutputs(text);
  return read.ok ? [] : read.problems.map(({ message }) => message);
}

function refusalOf(mutate: (outputs: ServerOutputs) => void): readonly string[] {
  const outputs: ServerOutputs = structuredClone(sampleOutputs());
  mutate(outputs);
  return messagesOf(JSON.stringify({ disasterRecovery: outputs }));
}

function first<T>(list: readonly T[]): T {
  const [item] = list;
  if (item === undefined) throw new Error("the sample must hold one");
  return item;
}

const again = 'Take them anew from the stack: "pulumi stack output --json".';
const query = "dr-thousand-servers-query";
const execution = "dr-thousand-servers-execution";

const mutations: readonly {
  readonly what: string;
  readonly mutate: (outputs: ServerOutputs) => void;
  readonly messages: readonly string[];
}[] = [
  {
    what: "without a hub",
    mutate: (outputs) => Reflect.deleteProperty(outputs, "hub"),
    messages: [
      `disasterRecovery.hub must be there with the spokes and plans, got nothing. ${again}`,
    ],
  },
  {
    what: "with a key that nobody knows",
    mutate: (outputs) => Object.assign(outputs.hub, { spareRegion: "eu-west-1" }),
    messages: [
      `disasterRecovery.hub.spareRegion must be one of the keys account, homeRegion, standbyRegion, functions, machines, tables, notificationTopic or alarmTopic, got "spareRegion". ${again}`,
    ],
  },
  {
    what: "of an older release",
    mutate: (outputs) => Object.assign(outputs, { schemaVersion: 1, hub: {} }),
    messages: [
      'disasterRecovery.schemaVersion must be 2, got 1. They are of an older release: deploy the stack with this one ("pulumi up"), which changes its outputs.',
    ],
  },
  {
    what: "of a newer release",
    mutate: (outputs) => Object.assign(outputs, { schemaVersion: 3 }),
    messages: [
      "disasterRecovery.schemaVersion must be 2, got 3. They are of a newer release: render them with the release that deployed them.",
    ],
  },
  {
    what: "with an ARN of another account",
    mutate: ({ hub }) => {
      hub.functions.query = hub.functions.query.replace("777788889999", "111111111111");
    },
    messages: [
      `disasterRecovery.hub.functions.query must be "arn:aws:lambda:us-east-1:777788889999:function:${query}", got "arn:aws:lambda:us-east-1:111111111111:function:${query}". ${again}`,
    ],
  },
  {
    what: "with two ARNs that changed places",
    mutate: ({ hub: { functions } }) => {
      const { query: one, execution: other } = functions;
      Object.assign(functions, { query: other, execution: one });
    },
    messages: [
      `disasterRecovery.hub.functions.query must be "arn:aws:lambda:us-east-1:777788889999:function:${query}", got "arn:aws:lambda:us-east-1:777788889999:function:${execution}". ${again}`,
      `disasterRecovery.hub.functions.execution must be "arn:aws:lambda:us-east-1:777788889999:function:${execution}", got "arn:aws:lambda:us-east-1:777788889999:function:${query}". ${again}`,
    ],
  },
  {
    what: "with a machine of another Region",
    mutate: ({ hub: { machines } }) => {
      machines.recoverPlan = machines.recoverPlan.replace("us-east-1", "us-west-2");
    },
    messages: [
      `disasterRecovery.hub.machines.recoverPlan must be "arn:aws:states:us-east-1:777788889999:stateMachine:dr-thousand-servers-recover-plan", got "arn:aws:states:us-west-2:777788889999:stateMachine:dr-thousand-servers-recover-plan". ${again}`,
    ],
  },
  {
    what: "with a table of another environment",
    mutate: ({ hub: { tables } }) => {
      tables.plans = "dr-other-recovery-plans";
    },
    messages: [
      `disasterRecovery.hub.tables.plans must be "dr-thousand-servers-recovery-plans", got "dr-other-recovery-plans". ${again}`,
    ],
  },
  {
    what: "with a spoke that has no recovery role",
    mutate: ({ spokes }) => Reflect.deleteProperty(first(spokes), "recoveryRole"),
    messages: [
      `disasterRecovery.spokes[0].recoveryRole must be an ARN, with its account, got nothing. ${again}`,
    ],
  },
  {
    what: "with a spoke without lanes",
    mutate: ({ spokes }) => {
      first(spokes).lanes = [];
    },
    messages: [
      `disasterRecovery.spokes[0].lanes must be a list of at least one lane, got an empty list. ${again}`,
    ],
  },
  {
    what: "with an account twice",
    mutate: ({ spokes }) => spokes.push(structuredClone(first(spokes))),
    messages: [
      `disasterRecovery.spokes[4].account must be given once, got "111111111111". ${again}`,
    ],
  },
  {
    what: "with a Region that is none",
    mutate: ({ hub }) => Object.assign(hub, { standbyRegion: "us-west-9" }),
    messages: [
      `disasterRecovery.hub.standbyRegion must be a Region that AWS Elastic Disaster Recovery serves, got "us-west-9". ${again}`,
    ],
  },
  {
    what: "with a wave that waits for none of its plan",
    mutate: ({ plans }) => {
      first(first(plans).waves).dependsOn = ["storage"];
    },
    messages: [
      `disasterRecovery.plans[0].waves[0].dependsOn[0] must be the name of another wave of the plan, got "storage". ${again}`,
    ],
  },
  {
    what: "with an objective of no minutes",
    mutate: ({ plans }) => {
      first(plans).objectives.rtoMinutes = 0;
    },
    messages: [
      `disasterRecovery.plans[0].objectives.rtoMinutes must be a whole number above 0, got 0. ${again}`,
    ],
  },
  {
    what: "with a task of somebody who cannot be reached",
    mutate: ({ responsibilities }) => {
      first(responsibilities).owner = "Nobody";
    },
    messages: [
      `disasterRecovery.responsibilities[0].owner must be "DevOps Team", "Architecture Team" or "Operations", got "Nobody". ${again}`,
    ],
  },
  {
    what: "with an alarm's ARN where a topic's belongs",
    mutate: (outputs) => {
      outputs.hub.alarmTopic = outputs.capacity.alarms.busy;
    },
    messages: [
      `disasterRecovery.hub.alarmTopic must be "arn:aws:sns:us-east-1:777788889999:dr-thousand-servers-alarms", got "arn:aws:cloudwatch:us-east-1:777788889999:alarm:dr-thousand-servers-capacity-busy". ${again}`,
    ],
  },
  {
    what: "with the copy of its tables in the hub's own Region",
    mutate: ({ hub }) => Object.assign(hub, { standbyRegion: hub.homeRegion }),
    messages: [
      `disasterRecovery.hub.standbyRegion must be another Region than the hub's, got "us-east-1". ${again}`,
    ],
  },
  {
    what: "with two waves of one name",
    mutate: ({ plans }) => {
      const { waves } = first(plans);
      waves.push(structuredClone(first(waves)));
    },
    messages: [
      `disasterRecovery.plans[0].waves[3].name must be given once, got "database". ${again}`,
    ],
  },
  {
    what: "with a secret in them",
    mutate: ({ contacts }) => {
      first(contacts).reach = "[secret]";
    },
    messages: [`disasterRecovery.contacts[0].reach must be no secret, got one. ${again}`],
  },
];

describe("outputs that a runbook is rendered of", () => {
  test("are those that the program prints, with whatever else the stack exports beside them", () => {
    const others = { ...JSON.parse(sampleText()), site: "https://example.com" };
    expect(readOutputs(JSON.stringify(others)).ok).toBe(true);
  });

  test.each(mutations)("are refused $what", ({ mutate, messages }) => {
    expect(refusalOf(mutate)).toEqual(messages);
  });

  test("are told everything that is wrong with them at once", () => {
    const messages = refusalOf((outputs) => {
      outputs.hub.account = "1";
      outputs.environment = "Not A Name";
    });
    expect(messages.map((message) => message.split(" must be ")[0])).toEqual([
      "disasterRecovery.environment",
      "disasterRecovery.hub.account",
    ]);
  });

  test("are refused where they are no JSON", () => {
    expect(messagesOf("error: no stack selected")).toEqual([
      `the outputs must be what Pulumi prints as JSON, got no JSON. ${again}`,
    ]);
  });

  test("are refused where another program printed them", () => {
    expect(messagesOf('{"url":"https://example.com"}')).toEqual([
      'disasterRecovery must be the output of the stack, got nothing. Pipe "pulumi stack output --json" of the stack that deploys the environment.',
    ]);
  });
});
