import type { ObservabilityLinkArgs, ObservabilitySinkArgs } from "../../../components/index.js";
import { type ArgumentTable, inPlace, replaces, untried } from "../support/argument-table.js";
import { logKeyArn } from "./values.js";

const place = { environment: "shop", account: "111122223333", region: "us-east-1" };
const sink = (id: string) => `arn:aws:oam:us-east-1:777788889999:sink/${id}`;
const events = [
  "cloudwatch:EventRule",
  "cloudwatch:EventTarget",
  "cloudwatch:LogGroup",
  "cloudwatch:LogResourcePolicy",
];

export const observabilityLink: ArgumentTable<ObservabilityLinkArgs> = {
  component: "ObservabilityLink",
  sample: { ...place, accountName: "staging", sinkArn: sink("1"), keyArn: logKeyArn },
  rows: {
    environment: replaces("other", events, "logs and rules are their names"),
    account: untried("another account has another provider, so it has a link of its own"),
    accountName: replaces(
      "other",
      ["oam:Link"],
      "OAM changes no label of a link; nothing is kept in it",
    ),
    region: untried("each Region has a link of its own, to the sink there"),
    sinkArn: replaces(sink("2"), ["oam:Link"], "a link leads to one sink; nothing is kept in it"),
    shares: inPlace(["metrics"]),
    namespaces: inPlace(["AWS/DRS", "AWS/EBS"]),
    logGroupPrefixes: inPlace(["/shop/"]),
    keyArn: inPlace(`${logKeyArn}0`),
    logRetentionDays: inPlace(400),
    transformLink: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
  },
};

export const observabilitySink: ArgumentTable<ObservabilitySinkArgs> = {
  component: "ObservabilitySink",
  sample: {
    ...place,
    homeRegion: "us-east-1",
    sourceAccounts: ["444455556666"],
    keyArn: logKeyArn,
  },
  rows: {
    environment: replaces(
      "other",
      [...events, "cloudwatch:QueryDefinition", "oam:Sink", "oam:SinkPolicy"],
      "all of it is known by its name; accounts link to the sink again",
    ),
    account: untried("another account has another provider, so it has a sink of its own"),
    region: untried("each Region has a sink of its own"),
    homeRegion: inPlace("eu-west-1"),
    sourceAccounts: inPlace(["444455556666", "777788889999"]),
    shares: inPlace(["metrics"]),
    keyArn: inPlace(`${logKeyArn}0`),
    logRetentionDays: inPlace(400),
    transformLogGroup: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
  },
};
