import type { Command, Step } from "../model.js";
import type { Side } from "../outputs/cell.js";
import { lookAtCapacity } from "./capacity.js";
import { lags } from "./databases.js";
import { judged } from "./objectives.js";
import { asked } from "./traffic.js";
import { callIn, regionOf, type Turn } from "./turn.js";

/** Who calls, proved in the Region that survives, before anything depends on it. */
export function signIn(turn: Turn): Step {
  const { account } = turn.cell;
  const [lost, survivor] = [regionOf(turn, turn.from), regionOf(turn, turn.to)];
  return {
    title: `Sign in without ${lost}`,
    why: `A way to sign in that leads through ${lost} may be lost with it. Better to learn that while somebody else still decides.`,
    plane: "regional",
    commands: [callIn(turn, turn.to, "who you are", "sts", "get-caller-identity")],
    checks: [
      `It answers account ${account}, and that role may do what this section calls in ${survivor}.`,
      "Where it does not, the emergency way in that this account has is taken.",
    ],
    back: "Nothing was changed.",
  };
}

/** The decision, with what tells that there is one to take, and what it costs. */
export function decide(turn: Turn): Step {
  const { watch } = turn.cell;
  const { decisionSeconds } = judged(turn.cell).rto;
  const isInTime = decisionSeconds > 0;
  const commands = [...decisionAlarm(turn, turn.to), ...lags(turn)];
  return {
    title: `Decide whether ${regionOf(turn, turn.to)} takes over`,
    why: "What is not copied yet is lost, and the way back takes hours. A person decides, and says so to the others.",
    plane: commands.length > 0 ? "regional" : "none",
    commands,
    checks: [
      ...(watch
        ? [`The decision alarm stands in ${regionOf(turn, turn.to)}, the Region that survives.`]
        : []),
      "It is the Region, not a deployment of yours: a rollback would be the better way.",
      ...(lags(turn).length > 0
        ? [
            "You know what is lost: about as much as each copy was behind when its source went silent. Values that end earlier say nothing of today.",
          ]
        : []),
      "It was said who decided, and when.",
    ],
    ...(isInTime && {
      takesAtMost: {
        seconds: decisionSeconds,
        source: "what the RTO leaves after detection, promotion, scaling, turning and verifying",
      },
    }),
    back: "Nothing was changed.",
  };
}

/** The alarm of a Region about the other one. */
export function decisionAlarm(turn: Turn, side: Side): readonly Command[] {
  const { watch } = turn.cell;
  if (watch === undefined) return [];
  const name = watch.decisionAlarmArns[side].split(":alarm:")[1] ?? "";
  const options = ["--alarm-types", "CompositeAlarm", "--alarm-names", name];
  const note = `what ${regionOf(turn, side)} thinks of the other Region`;
  return [callIn(turn, side, note, "cloudwatch", "describe-alarms", ...options)];
}

/** Keeps deployments away until a moment that the section knows. */
export function freeze(until: string): Step {
  return {
    title: "Stop deployments",
    why: "A deployment needs both Regions, and what it puts back may be what you just changed.",
    plane: "none",
    commands: [],
    checks: [
      `Nobody and nothing deploys to either Region until ${until}: pipelines and schedules are off.`,
    ],
    back: "Let deployments go on.",
  };
}

export function verify(turn: Turn): Step {
  const { cell, to } = turn;
  return {
    title: "See that it works",
    why: "Production is where customers are served, not where a call was answered.",
    plane: "regional",
    commands: [...asked(turn), ...lookAtCapacity(turn, to)],
    checks: [
      "Each name answers, with the right content.",
      "Something was written, read again, and is in the Region's own store.",
      "Errors and latency are what they were.",
    ],
    takesAtMost: { seconds: cell.objectives.verifySeconds, source: "declared for the cell" },
    back: "Go back to the step that failed.",
  };
}

/** The copies that need nobody: what was written is there, or is on its way. */
export function lookAtCopies(turn: Turn, side: Side): readonly Step[] {
  const { buckets } = turn.cell;
  const tables = turn.cell.tables.filter(({ restored }) => restored === undefined);
  if (tables.length + buckets.length === 0) return [];
  const region = regionOf(turn, side);
  const kinds = [tables.length > 0 ? ["tables"] : [], buckets.length > 0 ? ["buckets"] : []];
  const stores = kinds.flat().join(" and ");
  return [
    {
      title: `Look at ${stores} in ${region}`,
      why: "They take writes in both Regions at any time: nothing is promoted. What was not copied yet comes when the other Region is back.",
      plane: "regional",
      commands: [
        ...tables.map(({ tableName, name }) =>
          callIn(
            turn,
            side,
            `replicas of ${name}`,
            "dynamodb",
            "describe-table",
            ...[
              "--table-name",
              tableName,
              "--query",
              "Table.{status:TableStatus,replicas:Replicas}",
            ],
          ),
        ),
        ...buckets.map(({ bucketNames, name }) =>
          callIn(turn, side, name, "s3api", "head-bucket", "--bucket", bucketNames[side]),
        ),
      ],
      checks: [
        "Each answers.",
        "Whoever depends on the very latest writes was told what may be missing.",
      ],
      back: "Nothing was changed.",
    },
  ];
}

/** Secrets are read in either Region. Only a change needs something, so only then is it done. */
export function secretsMayChange(turn: Turn): readonly Step[] {
  const { secrets } = turn.cell;
  if (secrets.length === 0) return [];
  const region = regionOf(turn, turn.to);
  return [
    {
      title: `Only if a secret must change: part its replica in ${region}`,
      why: "Each Region reads its own copy, and goes on doing so. The copy follows the other Region and takes no change of its own.",
      plane: "regional",
      commands: secrets.map(({ secretName, name }) =>
        callIn(
          turn,
          turn.to,
          `only if ${name} must change`,
          "secretsmanager",
          "stop-replication-to-replica",
          "--secret-id",
          secretName,
        ),
      ),
      checks: ["Nothing was parted that need not change."],
      back: "Delete the parted secret once the other Region holds the same value, and replicate to this Region anew.",
    },
  ];
}
