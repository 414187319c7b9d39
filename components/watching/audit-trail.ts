import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { trailBucketName } from "../../runtime/core/cells/trail-bucket.js";
import { type Transform, unchanged } from "../arguments.js";
import type { TopicArns } from "../cells/alarms.js";
import { type Cell, cellContract } from "../cells/cell.js";
import { checkedKeyArn, type KeyArns } from "../cells/keys.js";
import { inRegion, type PerRegion } from "../cells/regional.js";
import { CellKey } from "../data/cell-key.js";
import { ReplicatedBucket } from "../data/replicated-bucket.js";
import { trailBucketPolicy } from "../iam/trail-policy.js";
import { onceThere } from "../named.js";
import { auditTrailProblems } from "./audit-trail-problems.js";
import { trailBuckets, trailsOf } from "./trail-names.js";

/** `account`: one trail of all Regions of the account. `cell`: a trail of each of the cell's Regions. */
export type TrailCoverage = "account" | "cell";

/** What an {@link AuditTrail} needs to know. */
export interface AuditTrailArgs {
  readonly cell: Cell;

  /**
   * What is recorded. `account`, the default: all Regions, and the services that have none, such as
   * IAM. `cell`: its two Regions only, for an account that also holds cells of other residency zones.
   */
  readonly covers?: TrailCoverage;

  /**
   * ARN of a trail that records the account and is deployed elsewhere, such as that of the
   * organization. With it nothing is made; policies take its word for it.
   */
  readonly elsewhere?: string;

  /** Customer key of each Region, by the Region's name: `keyArns` of a CellKey for `s3` with the caller `trails`. By default keys of its own. */
  readonly keyArns?: KeyArns;

  /**
   * How long no record can be deleted, by Object Lock. None by default. Can be turned on later, for
   * what is written from then on.
   *
   * @unit years, whole
   */
  readonly retentionYears?: number;

  /**
   * `COMPLIANCE`, the default: nobody can delete a record early, not even the account's root user, so
   * its buckets cannot be destroyed. `GOVERNANCE` for tests: who has the permission can.
   */
  readonly retentionMode?: "COMPLIANCE" | "GOVERNANCE";

  /** Topic of each Region that hears when the records' copies are late. None by default. */
  readonly topicArns?: TopicArns;

  /** Whether trails, keys and records outlive a mistake. True by default. */
  readonly keepData?: boolean;

  /** Last word on each trail's arguments, such as which data events it records. Names and Regions must stay. */
  readonly transformTrail?: Transform<aws.cloudtrail.TrailArgs>;
}

/** The record of who did what in a cell's account: kept in the Region that survives, and copied to the other. */
export class AuditTrail extends pulumi.ComponentResource {
  /** ARNs of the trails that record the cell: of the account, of each Region, or the one elsewhere. */
  readonly trailArns: readonly pulumi.Output<string>[];
  /** Name of the bucket in each Region, by the Region's name; none for a trail elsewhere. */
  readonly bucketNames: PerRegion<pulumi.Output<string>>;

  constructor(name: string, args: AuditTrailArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, elsewhere, retentionYears } = args;
    const contract = {
      ...cellContract(cell),
      ...(elsewhere === undefined ? { covers: args.covers ?? "account" } : { elsewhere }),
      ...(retentionYears !== undefined && {
        retentionYears,
        retentionMode: args.retentionMode ?? "COMPLIANCE",
      }),
      keepData: args.keepData ?? true,
    };
    super("aws-dr:watching:AuditTrail", name, contract, opts);
    auditTrailProblems(args).refuse(this);
    const made = elsewhere === undefined ? this.#record(name, args) : undefined;

    this.trailArns = made?.trailArns ?? [pulumi.output(elsewhere ?? "")];
    this.bucketNames = made?.bucketNames ?? {};
    const { trailArns, bucketNames } = this;
    this.registerOutputs({ ...contract, trailArns, bucketNames });
  }

  /** Buckets first: CloudTrail makes no trail whose bucket it may not write to. */
  #record(name: string, args: AuditTrailArgs) {
    const { cell, covers = "account", keepData = true, transformTrail = unchanged } = args;
    const child = { parent: this };
    const keyArns = args.keyArns ?? ownKeys(`${name}-key`, cell, keepData, child).keyArns;
    const trails = trailsOf(cell, covers);
    const { recovery: home } = cell.regions;
    const bucketArgs = {
      ...given(args),
      cell,
      name: trailBucketName,
      keyArns,
      keepData,
      replicateDeleteMarkers: false,
      transformPolicy: (policyArgs: aws.s3.BucketPolicyArgs) =>
        policyArgs.region === home ? { ...policyArgs, policy } : policyArgs,
    };
    const trailArns = Object.values(trails).map(({ arn }) => arn);
    const policy = JSON.stringify(
      trailBucketPolicy(cell.account, inRegion(trailBuckets(cell), home), trailArns),
    );
    const records = new ReplicatedBucket(`${name}-records`, bucketArgs, child);
    const kmsKeyId = checkedKeyArn(this, cell, keyArns, home);
    const made = Object.entries(trails).map(([region, named]) => {
      const trailArgs = transformTrail({
        region,
        name: named.name,
        s3BucketName: inRegion(records.bucketNames, home),
        kmsKeyId,
        enableLogFileValidation: true,
        includeGlobalServiceEvents: true,
        isMultiRegionTrail: covers === "account",
      });
      const settled = { ...child, protect: keepData, dependsOn: [records] };
      const trail = new aws.cloudtrail.Trail(`${name}-${region}`, trailArgs, settled);
      return onceThere(trail.name, named);
    });
    return { trailArns: made, bucketNames: records.bucketNames };
  }
}

function ownKeys(
  name: string,
  cell: Cell,
  keepData: boolean,
  child: pulumi.ComponentResourceOptions,
): CellKey {
  const keyArgs = { cell, name: "audit", services: ["s3"], callers: ["trails"], keepData } as const;
  return new CellKey(name, keyArgs, child);
}

/** What the trail's arguments say of its buckets. */
function given({ retentionYears, retentionMode, topicArns }: AuditTrailArgs) {
  return {
    ...(retentionYears !== undefined && { retentionYears }),
    ...(retentionMode !== undefined && { retentionMode }),
    ...(topicArns && { topicArns }),
  };
}
