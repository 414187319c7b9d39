import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logRetentionDays, mostLinkPrefixes } from "../../runtime/limits.js";
import {
  accountId,
  checked,
  Problems,
  type Rule,
  resourceName,
  retentionPeriod,
  type Transform,
  unchanged,
  within,
} from "../arguments.js";
import { onceThere } from "../named.js";
import { eventLog } from "./event-log.js";
import { eventsLogGroup, observabilityNames } from "./names.js";
import { checkShares, type ObservedKind, resourceTypesOf } from "./shares.js";

/** What an {@link ObservabilityLink} needs to know. */
export interface ObservabilityLinkArgs {
  /** Name of the environment, as its hub has it. */
  readonly environment: string;
  /** Account that is observed, which is that of the component's provider. */
  readonly account: string;
  /** Name of that account, as the one that observes shows it. */
  readonly accountName: string;
  /** Region that is observed, which is the sink's. */
  readonly region: string;
  /** The sink of that Region: `sinkArn` of an ObservabilitySink. */
  readonly sinkArn: pulumi.Input<string>;
  /** What is shared, of what the sink takes. `metrics` and `logs` by default. */
  readonly shares?: readonly ObservedKind[];
  /** Namespaces of the metrics that are shared. Those of DRS by default, and no others. */
  readonly namespaces?: readonly string[];
  /** How the names of further log groups begin that are shared beside the log of events. */
  readonly logGroupPrefixes?: readonly string[];
  /** Customer key of the Region for the log of events, with `logs` among its callers. One is made by default. */
  readonly keyArn?: pulumi.Input<string>;

  /**
   * How long events are kept.
   *
   * @unit days, one of the periods that CloudWatch Logs knows
   * @defaultValue 365
   */
  readonly logRetentionDays?: pulumi.Input<number>;

  /** Last word on the link's arguments. */
  readonly transformLink?: Transform<aws.oam.LinkArgs>;
}

/**
 * An account that is observed, in one Region: a link to the sink there, which shares no more than is
 * named, and a log of DRS's events and of denied calls for it to share.
 */
export class ObservabilityLink extends pulumi.ComponentResource {
  readonly linkArn: pulumi.Output<string>;
  /** ARN of the log group of events. */
  readonly eventLogArn: pulumi.Output<string>;

  constructor(name: string, args: ObservabilityLinkArgs, opts?: pulumi.ComponentResourceOptions) {
    const { environment, account, accountName, region, keyArn, transformLink = unchanged } = args;
    const contract = {
      environment,
      account,
      accountName,
      region,
      shares: args.shares ?? ["metrics", "logs"],
      namespaces: args.namespaces ?? ["AWS/DRS"],
      logGroupPrefixes: [eventsLogGroup(environment), ...(args.logGroupPrefixes ?? [])],
    } as const;
    super("aws-dr:observability:ObservabilityLink", name, contract, opts);
    linkProblems(contract).refuse(this);
    const sinkIdentifier = checked(this, "sinkArn", [sinkOf(contract)], args.sinkArn);
    const retentionInDays = checked(
      this,
      "logRetentionDays",
      [within(logRetentionDays), retentionPeriod],
      args.logRetentionDays ?? logRetentionDays.default,
    );
    const place = { environment, account, region };
    const child = { parent: this };

    const events = eventLog(
      name,
      { place, retentionInDays, ...(keyArn !== undefined && { keyArn }) },
      child,
    );
    const linkArgs = transformLink({
      region,
      labelTemplate: accountName,
      resourceTypes: [...resourceTypesOf(contract.shares)],
      sinkIdentifier,
      linkConfiguration: filtersOf(contract),
    });
    const link = new aws.oam.Link(`${name}-link`, linkArgs, child);

    this.linkArn = link.arn;
    this.eventLogArn = onceThere(events.name, observabilityNames(place).events);
    const { linkArn, eventLogArn } = this;
    this.registerOutputs({ ...contract, linkArn, eventLogArn });
  }
}

interface Contract {
  readonly environment: string;
  readonly account: string;
  readonly accountName: string;
  readonly region: string;
  readonly shares: readonly ObservedKind[];
  readonly namespaces: readonly string[];
  readonly logGroupPrefixes: readonly string[];
}

/** Source: CreateLink, LinkConfiguration, CloudWatch Observability Access Manager API reference. */
function filtersOf({ shares, namespaces, logGroupPrefixes }: Contract) {
  const quoted = namespaces.map((namespace) => `'${namespace}'`).join(", ");
  const prefixes = logGroupPrefixes.map((prefix) => `LogGroupName LIKE '${prefix}%'`);
  return {
    ...(shares.includes("metrics") && {
      metricConfiguration: { filter: `Namespace IN (${quoted})` },
    }),
    ...(shares.includes("logs") && {
      logGroupConfiguration: { filter: prefixes.join(" OR ") },
    }),
  };
}

function linkProblems(contract: Contract): Problems {
  const { shares, namespaces, logGroupPrefixes } = contract;
  const problems = new Problems();
  problems.check("environment", resourceName, contract.environment);
  problems.check("account", accountId, contract.account);
  if (!/^[\w.-]{1,64}$/.test(contract.accountName)) {
    const rule = "1 to 64 letters, digits, dots, hyphens and underscores";
    problems.add("accountName", `must be ${rule}, got "${contract.accountName}"`);
  }
  checkShares(problems, shares);
  if (shares.includes("metrics") && namespaces.length === 0) {
    problems.add("namespaces", "must name what is shared, got none. Leave metrics out of shares");
  }
  for (const [index, namespace] of namespaces.entries()) {
    problems.check(`namespaces[${index}]`, filterText, namespace);
  }
  for (const [index, prefix] of logGroupPrefixes.slice(1).entries()) {
    problems.check(`logGroupPrefixes[${index}]`, filterText, prefix);
  }
  if (logGroupPrefixes.length > mostLinkPrefixes) {
    problems.add(
      "logGroupPrefixes",
      `must be at most ${mostLinkPrefixes - 1}, beside that of the log of events, got ${logGroupPrefixes.length - 1}. Begin names alike`,
    );
  }
  return problems;
}

/** What stands between quotation marks in a filter, and means itself. */
const filterText: Rule<string> = (text) =>
  /^[\w/.#-]{1,255}$/.test(text)
    ? undefined
    : `must be letters, digits, and the signs / . # _ -, got "${text}". Filters take no other`;

/** Source: "CloudWatch cross-account observability", CloudWatch User Guide: within one Region. */
function sinkOf({ account, region }: Contract): Rule<string> {
  return (arn) => {
    const [, , service, sinkRegion, sinkAccount, resource = ""] = arn.split(":");
    const isSink = service === "oam" && sinkRegion === region && resource.startsWith("sink/");
    return isSink && sinkAccount !== account
      ? undefined
      : `must be the ARN of another account's sink in ${region}, got "${arn}". Make a sink in each Region that is observed`;
  };
}
