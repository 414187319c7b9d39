import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logRetentionDays } from "../../runtime/limits.js";
import {
  accountId,
  checked,
  Problems,
  resourceName,
  retentionPeriod,
  type Transform,
  within,
} from "../arguments.js";
import { resourcePolicy } from "../iam/document.js";
import { onceThere } from "../named.js";
import { eventLog } from "./event-log.js";
import { observabilityNames } from "./names.js";
import { savedQueries } from "./saved-queries.js";
import { checkShares, type ObservedKind, resourceTypesOf } from "./shares.js";

/** What an {@link ObservabilitySink} needs to know. */
export interface ObservabilitySinkArgs {
  /** Name of the environment, as its hub has it. */
  readonly environment: string;
  /** Account that observes, which is that of the component's provider. */
  readonly account: string;
  /** Region that is observed. Links reach no further, so each Region has a sink of its own. */
  readonly region: string;
  /** Region of the hub, whose account this is: in its sink's Region its logs are asked, too. */
  readonly homeRegion: string;
  /** Accounts that may link to the sink, without this one. */
  readonly sourceAccounts: readonly string[];
  /** What they may share. `metrics` and `logs` by default. */
  readonly shares?: readonly ObservedKind[];
  /** Customer key of the Region for the log of events, with `logs` among its callers. One is made by default. */
  readonly keyArn?: pulumi.Input<string>;

  /**
   * How long events are kept.
   *
   * @unit days, one of the periods that CloudWatch Logs knows
   * @defaultValue 365
   */
  readonly logRetentionDays?: pulumi.Input<number>;

  /** Last word on the arguments of the log group. Its name must stay. */
  readonly transformLogGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
}

/**
 * The account that observes an environment, in one Region: a sink that named accounts may link to, a
 * log of DRS's events and of denied calls, and saved queries over the hub's logs and that one.
 */
export class ObservabilitySink extends pulumi.ComponentResource {
  /** What links are made to. Known only after the deployment, and not before the sink lets accounts in. */
  readonly sinkArn: pulumi.Output<string>;
  /** ARN of the log group of events. */
  readonly eventLogArn: pulumi.Output<string>;
  /** Names of the saved queries. */
  readonly queryNames: readonly pulumi.Output<string>[];

  constructor(name: string, args: ObservabilitySinkArgs, opts?: pulumi.ComponentResourceOptions) {
    const { environment, account, region, homeRegion, sourceAccounts } = args;
    const { keyArn, transformLogGroup, shares = ["metrics", "logs"] } = args;
    const contract = { environment, account, region, homeRegion, sourceAccounts, shares };
    super("aws-dr:observability:ObservabilitySink", name, contract, opts);
    sinkProblems(contract).refuse(this);
    const retentionInDays = checked(
      this,
      "logRetentionDays",
      [within(logRetentionDays), retentionPeriod],
      args.logRetentionDays ?? logRetentionDays.default,
    );
    const place = { environment, account, region };
    const child = { parent: this };

    const sink = new aws.oam.Sink(`${name}-sink`, { region, name: `dr-${environment}` }, child);
    const policy = new aws.oam.SinkPolicy(
      `${name}-sink-policy`,
      {
        region,
        sinkIdentifier: sink.arn,
        policy: JSON.stringify(linksOf(sourceAccounts, resourceTypesOf(shares))),
      },
      child,
    );
    const events = eventLog(
      name,
      {
        place,
        retentionInDays,
        ...(keyArn !== undefined && { keyArn }),
        ...(transformLogGroup && { transformLogGroup }),
      },
      child,
    );

    this.sinkArn = policy.sinkIdentifier;
    this.eventLogArn = onceThere(events.name, observabilityNames(place).events);
    this.queryNames = savedQueries(name, { place, homeRegion }, child);
    const { sinkArn, eventLogArn, queryNames } = this;
    this.registerOutputs({ ...contract, sinkArn, eventLogArn, queryNames });
  }
}

/** The policy hangs on the sink, which is what its resource stands for. */
function linksOf(accounts: readonly string[], types: readonly string[]) {
  return resourcePolicy({
    Sid: "AccountsLink",
    Effect: "Allow",
    Principal: { AWS: accounts },
    Action: ["oam:CreateLink", "oam:UpdateLink"],
    Resource: ["*"],
    Condition: { "ForAllValues:StringEquals": { "oam:ResourceTypes": types } },
  });
}

interface Contract {
  readonly environment: string;
  readonly account: string;
  readonly sourceAccounts: readonly string[];
  readonly shares: readonly ObservedKind[];
}

function sinkProblems({ environment, account, sourceAccounts, shares }: Contract): Problems {
  const problems = new Problems();
  problems.check("environment", resourceName, environment);
  problems.check("account", accountId, account);
  for (const [index, source] of sourceAccounts.entries()) {
    problems.check(`sourceAccounts[${index}]`, accountId, source);
  }
  const isRepeated = new Set(sourceAccounts).size < sourceAccounts.length;
  if (sourceAccounts.length === 0 || isRepeated || sourceAccounts.includes(account)) {
    const given = sourceAccounts.map((source) => `"${source}"`).join(", ") || "none";
    problems.add(
      "sourceAccounts",
      `must be other accounts than "${account}", each once, got ${given}. An account sees what is its own without a link`,
    );
  }
  checkShares(problems, shares);
  return problems;
}
