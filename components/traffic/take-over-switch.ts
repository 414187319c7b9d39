import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { flagCheck } from "../../runtime/core/cells/rto.js";
import { Problems, type Transform } from "../arguments.js";
import { type Cell, cellContract, checkCell, regionsOf } from "../cells/cell.js";
import { checkedKeyArn, checkKeyArns, type KeyArns } from "../cells/keys.js";
import { checkNameLength } from "../cells/name-length.js";
import { inRegion, type PerRegion, perRegion } from "../cells/regional.js";
import { type FlagTransforms, flagPath, servedFlag } from "./flag.js";
import { healthCheck } from "./health-checks.js";
import { flagNames } from "./take-over-names.js";
import type { TrafficSwitch } from "./traffic-switch.js";

/** What a {@link TakeOverSwitch} needs to know. */
export interface TakeOverSwitchArgs extends FlagTransforms {
  readonly cell: Cell;
  /** Key that encrypts each Region's bucket, such as `keyArns` of a CellKey for `s3`; S3's own when absent. */
  readonly keyArns?: KeyArns;
  /** Last word on each flag's bucket. Its name must stay. */
  readonly transformBucket?: Transform<aws.s3.BucketArgs>;
  /** Last word on each API that shows a flag, such as a policy that admits Route 53's checkers alone. */
  readonly transformApi?: Transform<aws.apigateway.RestApiArgs>;
  /** Last word on each health check's arguments. */
  readonly transformCheck?: Transform<aws.route53.HealthCheckArgs>;
}

/**
 * A flag in each Region of a cell by which it takes over the other's traffic, seen by Route 53. It is
 * put and deleted in the Region that takes over, so nothing of a failed Region is needed.
 */
export class TakeOverSwitch extends pulumi.ComponentResource implements TrafficSwitch {
  readonly turnsBy = "standby-takes-over";
  /** For each Region, the check that is unhealthy while the other one has its flag. */
  readonly checkIds: PerRegion<pulumi.Output<string>>;
  /** For each Region, where its flag is: the object whose presence turns the other's traffic to it. */
  readonly flags: PerRegion<pulumi.Output<string>>;

  constructor(name: string, args: TakeOverSwitchArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, keyArns, transformCheck } = args;
    const contract = { ...cellContract(cell), turnsBy: "standby-takes-over" };
    super("aws-dr:traffic:TakeOverSwitch", name, contract, opts);
    takeOverProblems(args).refuse(this);
    const child = { parent: this };

    const served = perRegion(cell, (region) =>
      servedFlag(
        name,
        {
          cell,
          region,
          keyArn: keyArns && checkedKeyArn(this, cell, keyArns, region),
          transforms: args,
        },
        child,
      ),
    );
    const checks = perRegion(cell, (region, other) =>
      healthCheck(
        `${name}-turned-${region}`,
        {
          type: "HTTPS",
          fqdn: inRegion(served, other).host,
          port: 443,
          resourcePath: flagPath,
          enableSni: true,
          requestInterval: flagCheck.requestIntervalSeconds,
          failureThreshold: flagCheck.failureThreshold,
          invertHealthcheck: true,
        },
        transformCheck,
        child,
      ),
    );

    this.checkIds = perRegion(cell, (region) => inRegion(checks, region).id);
    this.flags = perRegion(cell, (region) => inRegion(served, region).object);
    this.registerOutputs({ ...contract, checkIds: this.checkIds, flags: this.flags });
  }
}

/** Longest names that AWS takes. Source: bucket naming rules, S3 User Guide; IAM and STS quotas. */
const maxBucketCharacters = 63;
const maxRoleCharacters = 64;

function takeOverProblems({ cell, keyArns }: TakeOverSwitchArgs): Problems {
  const problems = new Problems();
  checkCell(problems, cell);
  if (keyArns) checkKeyArns(problems, cell, keyArns);
  const longest = regionsOf(cell).toSorted((one, other) => other.length - one.length)[0] ?? "";
  const { bucket, role } = flagNames(cell, longest);
  checkNameLength(problems, "bucket of a flag", bucket.name, maxBucketCharacters);
  checkNameLength(problems, "role that reads a flag", role.name, maxRoleCharacters);
  return problems;
}
