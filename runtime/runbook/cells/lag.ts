import type { Command } from "../model.js";
import { variable } from "../words.js";
import { callIn, type Turn } from "./turn.js";

/** The moments between which a metric is looked at; the operator knows when it is. */
const since = variable("SINCE");
const until = variable("UNTIL");

/** What CloudWatch knows of a database's lag, by the one dimension that names it. */
interface LagMetric {
  readonly metric: string;
  readonly dimension: string;
  readonly value: string;
}

/** The lag of a copy as the Region sees it that takes over: about that much is lost in a failover. */
export function lagOf(turn: Turn, note: string, { metric, dimension, value }: LagMetric): Command {
  return callIn(
    turn,
    turn.to,
    note,
    "cloudwatch",
    "get-metric-statistics",
    ...["--namespace", "AWS/RDS", "--metric-name", metric],
    ...["--dimensions", `Name=${dimension},Value=${value}`],
    ...["--statistics", "Maximum", "--period", "60"],
    ...["--start-time", [since], "--end-time", [until]],
    ...["--query", "sort_by(Datapoints,&Timestamp)[].[Timestamp,Maximum]"],
  );
}
