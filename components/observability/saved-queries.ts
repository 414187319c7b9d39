import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { capacityNames } from "../capacity/names.js";
import { hubNames } from "../recovery/names.js";
import { eventsLogGroup, type ObservedPlace } from "./names.js";

/** Questions that people ask in a disaster, in the language of CloudWatch Logs Insights. */
interface SavedQuery {
  readonly key: string;
  readonly logGroupNames: readonly string[];
  readonly lines: readonly string[];
}

/** Where questions are saved. */
export interface SavedQueriesArgs {
  readonly place: ObservedPlace;
  readonly homeRegion: string;
}

/** Saves every question that can be asked in a Region, and answers what they are called. */
export function savedQueries(
  name: string,
  { place, homeRegion }: SavedQueriesArgs,
  child: pulumi.CustomResourceOptions,
): readonly pulumi.Output<string>[] {
  const queries = [
    ...(place.region === homeRegion ? hubQueries(place) : []),
    ...eventQueries(place),
  ];
  return queries.map(({ key, logGroupNames, lines }) => {
    const saved = new aws.cloudwatch.QueryDefinition(
      `${name}-${key}`,
      {
        region: place.region,
        name: `dr-${place.environment}/${key}`,
        logGroupNames: [...logGroupNames],
        queryString: lines.join("\n| "),
      },
      child,
    );
    return saved.name;
  });
}

function hubQueries(place: ObservedPlace): readonly SavedQuery[] {
  const address = { ...place, homeRegion: place.region };
  const { functionLogs, machineLogs } = hubNames(address);
  const functions = Object.values(functionLogs).map((group) => group.name);
  const publisher = capacityNames(address).publisherLogs.name;
  return [
    {
      key: "execution-by-id",
      logGroupNames: [...functions, machineLogs.name],
      lines: [
        "fields @timestamp, level, functionName, message, lane, type, @logStream",
        "filter @message like /PASTE-THE-EXECUTION-ID/",
        "sort @timestamp asc",
        "limit 1000",
      ],
    },
    {
      key: "errors-of-the-hub",
      logGroupNames: [...functions, publisher],
      lines: [
        "fields @timestamp, level, functionName, message, executionId, lane, @message",
        'filter level in ["ERROR", "WARN"] or @message like /Task timed out|Runtime exited/',
        "sort @timestamp desc",
        "limit 200",
      ],
    },
  ];
}

function eventQueries({ environment }: ObservedPlace): readonly SavedQuery[] {
  const events = eventsLogGroup(environment);
  return [
    {
      key: "denied-calls",
      logGroupNames: [events],
      lines: [
        "fields @timestamp, account, region, detail.eventSource, detail.eventName, detail.errorMessage",
        "filter ispresent(detail.errorCode)",
        "stats count(*) as calls, max(@timestamp) as last by account, region, detail.eventSource, detail.eventName",
        "sort last desc",
      ],
    },
    {
      key: "drs-events",
      logGroupNames: [events],
      lines: [
        "fields @timestamp, account, region, `detail-type`, detail.state, resources.0",
        'filter source = "aws.drs"',
        "sort @timestamp desc",
        "limit 500",
      ],
    },
  ];
}
