import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { metricNamespace } from "../../runtime/core/capacity/metrics.js";
import type { EstateLane } from "../../runtime/core/ports.js";
import { logRetentionDays, publishEveryMinutes } from "../../runtime/limits.js";
import { checked, retentionPeriod, type Transform, within } from "../arguments.js";
import { bundleArchive } from "../bundle-archive.js";
import { bundleFunction } from "../bundle-function.js";
import { publisherPolicy } from "../iam/capacity-policies.js";
import { onceThere } from "../named.js";
import { hubProblems } from "../recovery/hub-problems.js";
import { type HubAddress, hubNames, spokeNames } from "../recovery/names.js";
import { capacityNames } from "./names.js";
import { publisherSchedule } from "./publisher-schedule.js";

/** What a {@link CapacityPublisher} needs to know. */
export interface CapacityPublisherArgs {
  /** Name of the environment, as its hub has it. */
  readonly environment: string;
  /** Account of the hub, which is that of the component's provider. */
  readonly account: string;
  /** Region of the hub. */
  readonly homeRegion: string;
  /** Lanes of the estate, as its hub has them. Decides which roles the publisher may take. */
  readonly lanes: readonly EstateLane[];
  /** What the spokes expect in AssumeRole. Not a secret. */
  readonly externalId: string;

  /**
   * How often every lane is counted.
   *
   * @unit minutes between two counts
   * @defaultValue 5
   */
  readonly publishEveryMinutes?: number;

  /**
   * How long the publisher's log is kept. The metrics taken from it are kept by CloudWatch for 15 months.
   *
   * @unit days, one of the periods that CloudWatch Logs knows
   * @defaultValue 365
   */
  readonly logRetentionDays?: pulumi.Input<number>;

  /** Folder with one bundle a function, `<function>/index.mjs`; by default this package's own. */
  readonly bundlesFolder?: string;

  /** Last word on the function's arguments. Its name must stay. */
  readonly transformFunction?: Transform<aws.lambda.FunctionArgs>;
}

/**
 * Counts what every lane of an estate has in use of its quotas, and publishes it to CloudWatch with
 * the quotas beside. Deploy it before the spokes: they let its role in.
 */
export class CapacityPublisher extends pulumi.ComponentResource {
  /** CloudWatch namespace of the metrics. */
  readonly namespace: pulumi.Output<string>;
  readonly functionArn: pulumi.Output<string>;

  constructor(name: string, args: CapacityPublisherArgs, opts?: pulumi.ComponentResourceOptions) {
    const { environment, account, homeRegion, lanes } = args;
    const everyMinutes = args.publishEveryMinutes ?? publishEveryMinutes.default;
    const contract = {
      environment,
      account,
      homeRegion,
      lanes: lanes.length,
      publishEveryMinutes: everyMinutes,
    };
    super("aws-dr:capacity:CapacityPublisher", name, contract, opts);
    const problems = hubProblems(args);
    problems.check("publishEveryMinutes", within(publishEveryMinutes), everyMinutes);
    problems.refuse(this);
    const retention = checked(
      this,
      "logRetentionDays",
      [within(logRetentionDays), retentionPeriod],
      args.logRetentionDays ?? logRetentionDays.default,
    );
    const address = { environment, account, homeRegion };
    const names = capacityNames(address);
    const hub = hubNames(address);
    const spoke = spokeNames(environment, account, homeRegion);
    const child = { parent: this };

    const publisher = bundleFunction(
      `${name}-function`,
      {
        fn: "capacity-publisher",
        region: homeRegion,
        names: { fn: names.publisher, role: names.publisherRole, logs: names.publisherLogs },
        code: bundleArchive(this, "capacity-publisher", args.bundlesFolder),
        policy: publisherPolicy(hub, names, readRolesOf(address, lanes)),
        variables: {
          ENVIRONMENT: environment,
          EXECUTIONS_TABLE: hub.tables.executions.name,
          SPOKE_ROLE_NAME: spoke.readRole.name,
          SPOKE_EXTERNAL_ID: args.externalId,
        },
        logRetentionDays: retention,
        ...(args.transformFunction && { transformFunction: args.transformFunction }),
      },
      child,
    );
    publisherSchedule(name, { address, everyMinutes, publisher }, child);

    this.functionArn = onceThere(publisher.name, names.publisher);
    this.namespace = publisher.name.apply(() => metricNamespace(environment));
    this.registerOutputs({
      ...contract,
      functionArn: this.functionArn,
      namespace: this.namespace,
    });
  }
}

function readRolesOf(
  { environment, homeRegion }: HubAddress,
  lanes: readonly EstateLane[],
): readonly string[] {
  const accounts = [...new Set(lanes.map((lane) => lane.account))];
  return accounts.map((account) => spokeNames(environment, account, homeRegion).readRole.arn);
}
