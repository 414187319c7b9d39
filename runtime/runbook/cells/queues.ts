import type { Command, Step } from "../model.js";
import type { CellOutputs, Side } from "../outputs/cell.js";
import { variable, type Word } from "../words.js";
import { callIn, regionOf, type Turn } from "./turn.js";

type Queue = CellOutputs["queues"][number];

/** Id of an event source mapping, which AWS chooses. */
const mapping = variable("MAPPING");

/** Turns the consumers of every queue on or off in a Region. */
export function consume(turn: Turn, side: Side, isOn: boolean): readonly Step[] {
  const commands = consumerCommands(turn, side, isOn);
  if (commands.length === 0) return [];
  return [
    {
      title: `Turn the consumers ${isOn ? "on" : "off"} in ${regionOf(turn, side)}`,
      why: isOn
        ? "Consumers of the standby are off, so that no message is worked off twice."
        : "What both Regions consume is done twice.",
      plane: "regional",
      commands,
      checks: [
        `\`State\` of each is \`${isOn ? "Enabled" : "Disabled"}\`. A queue whose list is empty has consumers of its own kind: tell their owners.`,
      ],
      back: `Turn them ${isOn ? "off" : "on"} again.`,
    },
  ];
}

/** The same, tried in a Region that may not answer. */
export function tryToConsumeNothing(turn: Turn): readonly Step[] {
  return consume(turn, turn.from, false).map((step) => ({ ...step, isBestEffort: true }));
}

/** What turns the consumers of every queue on or off in a Region; nothing where there is no queue. */
export function consumerCommands(turn: Turn, side: Side, isOn: boolean): readonly Command[] {
  const { queues } = turn.cell;
  if (queues.length === 0) return [];
  const update: readonly Word[] = ["--uuid", [mapping], isOn ? "--enabled" : "--no-enabled"];
  return [
    ...queues.map((queue) => list(turn, side, queue)),
    callIn(turn, side, "each of them", "lambda", "update-event-source-mapping", ...update),
  ];
}

function list(turn: Turn, side: Side, { name, queueArns }: Queue): Command {
  const options: readonly Word[] = [
    ...["--event-source-arn", queueArns[side]],
    ...["--query", "EventSourceMappings[].[UUID,State,FunctionArn]"],
  ];
  return callIn(turn, side, `of ${name}`, "lambda", "list-event-source-mappings", ...options);
}

/** What was in the queues of a Region when it was lost, once it is back. */
export function leftMessages(turn: Turn): readonly Step[] {
  const { queues } = turn.cell;
  if (queues.length === 0) return [];
  const region = regionOf(turn, turn.to);
  const purged = queues.filter(({ onRecovery }) => onRecovery === "purge");
  return [
    {
      title: `Decide what becomes of the messages in ${region}`,
      why: "They were there when the Region was lost, and some of what they ask for was done elsewhere since. What becomes of each queue's was declared.",
      plane: "regional",
      commands: [
        ...queues.map(({ name, queueUrls }) =>
          callIn(
            turn,
            turn.to,
            `messages of ${name}`,
            "sqs",
            "get-queue-attributes",
            ...["--queue-url", queueUrls[turn.to], "--attribute-names"],
            ...["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
          ),
        ),
        ...purged.map(({ name, queueUrls }) =>
          callIn(
            turn,
            turn.to,
            `${name}: purge`,
            "sqs",
            "purge-queue",
            "--queue-url",
            queueUrls[turn.to],
          ),
        ),
      ],
      checks: queues.map(({ name, onRecovery }) => `\`${name}\`: ${outcomes[onRecovery]}`),
      back: "Purged messages are gone. The others wait as long as no consumer runs.",
    },
  ];
}

const outcomes = {
  purge: "everything is purged before a consumer runs.",
  quarantine: "no consumer runs before somebody has looked at the messages.",
  reprocess: "its consumers take them as ever; they recognise what they did.",
} as const;
