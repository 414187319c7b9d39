import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { mechanisms } from "../../runtime/core/cells/mechanisms.js";
import { versionDays, warnAtLatencySeconds } from "../../runtime/limits.js";
import type { Transform } from "../arguments.js";
import type { TopicArns } from "../cells/alarms.js";
import { type Cell, cellContract } from "../cells/cell.js";
import type { KeyArns } from "../cells/keys.js";
import { inRegion, type PerRegion, perRegion } from "../cells/regional.js";
import { onceThere } from "../named.js";
import { bucketAlarms } from "./bucket-alarms.js";
import { bucketInRegion } from "./bucket-in-region.js";
import { bucketNames } from "./bucket-names.js";
import { replicateBucket } from "./bucket-replication.js";
import type { StoreObjectives } from "./objectives.js";
import { lockedDays, replicatedBucketProblems } from "./replicated-bucket-problems.js";

/** Storage classes for what is seldom read. */
export type ArchiveClass = "GLACIER_IR" | "GLACIER" | "DEEP_ARCHIVE";

/** What a {@link ReplicatedBucket} needs to know. */
export interface ReplicatedBucketArgs {
  readonly cell: Cell;
  /** What the buckets are called within the cell: `<environment>-<cell>-<name>-<account>-<region>`. */
  readonly name: string;
  /** Customer key of each Region, by the Region's name: `keyArns` of a CellKey. */
  readonly keyArns: KeyArns;

  /** Whether what is deleted in one Region disappears in the other. True by default; S3 names no bound for it. */
  readonly replicateDeleteMarkers?: boolean;

  /**
   * How long no version can be deleted, by Object Lock. None by default. Can be turned on later, for
   * what is written from then on.
   *
   * @unit years, whole
   */
  readonly retentionYears?: number;

  /**
   * `COMPLIANCE`, the default: nobody can delete a version early, not even the account's root user,
   * so such a bucket cannot be destroyed. `GOVERNANCE` for tests: who has the permission can.
   */
  readonly retentionMode?: "COMPLIANCE" | "GOVERNANCE";

  /**
   * When objects move to the archive. Never by default.
   *
   * @unit days since an object was written
   */
  readonly archiveAfterDays?: number;

  /** Where they move. `GLACIER_IR` by default, which is read in milliseconds. */
  readonly archiveClass?: ArchiveClass;

  /**
   * When objects are deleted. Never by default.
   *
   * @unit days since an object was written
   */
  readonly expireAfterDays?: number;

  /**
   * How long a version is kept that was overwritten or deleted; not shorter than its retention.
   *
   * @unit days since a version was replaced
   * @defaultValue 90
   */
  readonly versionDays?: number;

  /**
   * How far the copy may lag behind before an alarm is raised.
   *
   * @unit seconds by which a copy is behind its source
   * @defaultValue 900
   */
  readonly warnAtLatencySeconds?: number;

  /** Topic of each Region that hears of alarms. None by default. */
  readonly topicArns?: TopicArns;

  /** What is promised of these buckets; policies compare it with what the kind of copy can hold. */
  readonly objectives?: StoreObjectives;

  /** Whether the buckets outlive a mistake. True by default. With `false`, destroying them deletes what is in them. */
  readonly keepData?: boolean;

  /** Last word on each bucket's arguments. Names must stay. */
  readonly transformBucket?: Transform<aws.s3.BucketArgs>;

  /** Last word on the arguments of each bucket's policy, which refuses requests without TLS. */
  readonly transformPolicy?: Transform<aws.s3.BucketPolicyArgs>;

  /** Last word on each replication's arguments. */
  readonly transformReplication?: Transform<aws.s3.BucketReplicationConfigArgs>;

  /** Last word on each alarm's arguments. Names and Regions must stay. */
  readonly transformAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

/** A bucket in each Region of a cell, each a copy of the other, within S3's bound of fifteen minutes. */
export class ReplicatedBucket extends pulumi.ComponentResource {
  /** Name of the bucket in each Region, by the Region's name. */
  readonly bucketNames: PerRegion<pulumi.Output<string>>;
  /** ARN of the bucket in each Region, by the Region's name. */
  readonly bucketArns: PerRegion<pulumi.Output<string>>;
  /** For each Region, the alarms there that go off while a copy is late: `lagAlarms` of a CellWatch. */
  readonly lagAlarmArns: PerRegion<readonly pulumi.Output<string>[]>;

  constructor(name: string, args: ReplicatedBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, retentionYears } = args;
    const mechanism = "s3-replication-time-control";
    const contract = {
      ...cellContract(cell),
      name: args.name,
      mechanism,
      rpoSeconds: mechanisms[mechanism].rpoSeconds,
      replicateDeleteMarkers: args.replicateDeleteMarkers ?? true,
      versionDays: args.versionDays ?? Math.max(versionDays.default, lockedDays(retentionYears)),
      warnAtLatencySeconds: args.warnAtLatencySeconds ?? warnAtLatencySeconds.default,
      keepData: args.keepData ?? true,
      ...(retentionYears !== undefined && {
        retentionYears,
        retentionMode: args.retentionMode ?? "COMPLIANCE",
      }),
      ...(args.archiveAfterDays !== undefined && {
        archiveAfterDays: args.archiveAfterDays,
        archiveClass: args.archiveClass ?? "GLACIER_IR",
      }),
      ...(args.expireAfterDays !== undefined && { expireAfterDays: args.expireAfterDays }),
      ...(args.objectives && { objectives: args.objectives }),
    };
    super("aws-dr:data:ReplicatedBucket", name, contract, opts);
    replicatedBucketProblems(args, contract).refuse(this);
    const child = { parent: this };

    const buckets = perRegion(cell, (region) =>
      bucketInRegion(name, region, args, contract, child),
    );
    const ready = Object.values(buckets).flatMap(({ neededByReplication }) => neededByReplication);
    perRegion(cell, (region, other) => {
      const copying = { ...child, dependsOn: ready };
      replicateBucket(name, { from: region, to: other }, args, contract, copying);
    });

    const named = bucketNames(cell, args.name);
    this.bucketNames = perRegion(cell, (region) => inRegion(buckets, region).bucket.bucket);
    this.bucketArns = perRegion(cell, (region) =>
      onceThere(inRegion(this.bucketNames, region), inRegion(named, region)),
    );
    this.lagAlarmArns = bucketAlarms(name, args, contract, child);
    this.registerOutputs({
      ...contract,
      bucketNames: this.bucketNames,
      bucketArns: this.bucketArns,
      lagAlarmArns: this.lagAlarmArns,
    });
  }
}
