import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { criticalAtServers, warnAtServers } from "../../runtime/limits.js";
import { type Transform, unchanged } from "../arguments.js";
import { capacityNames } from "../capacity/names.js";
import { type PolicyDocument, trustRoles } from "../iam/document.js";
import { readPolicy, recoveryPolicy } from "../iam/spoke-policies.js";
import type { Named } from "../named.js";
import { hubNames, spokeNames } from "./names.js";
import { spokeProblems } from "./spoke-problems.js";

/** A Region of the account in which the hub may act. */
export interface SpokeLane {
  readonly region: string;
  /** Replicating servers that the lane is meant to hold. */
  readonly declaredServers: number;
}

/** What a {@link SpokeAccount} needs to know. */
export interface SpokeAccountArgs {
  /** Name of the environment, as the hub has it. */
  readonly environment: string;
  /** The account: that of the component's provider. */
  readonly account: string;
  readonly accountName: string;
  /** Account of the hub, whose roles are let in. They must exist: IAM refuses a principal it does not know. */
  readonly hubAccount: string;
  /** What the hub says in AssumeRole. Not a secret. */
  readonly externalId: string;
  readonly lanes: readonly SpokeLane[];

  /**
   * Fleet of a lane at which to plan the next one.
   *
   * @unit replicating servers in a lane
   * @defaultValue 250
   */
  readonly warnAtServers?: number;

  /**
   * Fleet of a lane at which the next application may not fit.
   *
   * @unit replicating servers in a lane
   * @defaultValue 280
   */
  readonly criticalAtServers?: number;

  /**
   * Whether the environment has a `CapacityPublisher`, whose role is let in to read. It must exist.
   *
   * @defaultValue false
   */
  readonly hasPublisher?: boolean;

  /** Last word on each role's arguments, such as a permissions boundary. Names must stay. */
  readonly transformRole?: Transform<aws.iam.RoleArgs>;
}

/** The two roles that the hub takes in an account: one to look, one to recover. One component an account. */
export class SpokeAccount extends pulumi.ComponentResource {
  readonly readRoleArn: pulumi.Output<string>;
  readonly recoveryRoleArn: pulumi.Output<string>;

  constructor(name: string, args: SpokeAccountArgs, opts?: pulumi.ComponentResourceOptions) {
    const { account, accountName, lanes } = args;
    const contract = {
      environment: args.environment,
      hubAccount: args.hubAccount,
      account,
      accountName,
      lanes: lanes.map(({ region, declaredServers }) => ({ region, declaredServers })),
      warnAtServers: args.warnAtServers ?? warnAtServers.default,
      criticalAtServers: args.criticalAtServers ?? criticalAtServers.default,
    };
    super("aws-dr:recovery:SpokeAccount", name, contract, opts);
    spokeProblems(args, contract).refuse(this);
    const scope = { account, regions: lanes.map((lane) => lane.region) };
    const [homeRegion = ""] = scope.regions;
    const { environment, hubAccount, hasPublisher = false, transformRole = unchanged } = args;
    const hubAddress = { environment, account: hubAccount, homeRegion };
    const { functionRoles: hub } = hubNames(hubAddress);
    const { publisherRole } = capacityNames(hubAddress);
    const { readRole, recoveryRole } = spokeNames(environment, account, homeRegion);
    const child = { parent: this };
    const role = (key: string, { named, trusted, policy, description }: SpokeRole) => {
      const roleArgs = transformRole({
        name: named.name,
        description,
        assumeRolePolicy: JSON.stringify(trustRoles(trusted.map(arnOf), args.externalId)),
        maxSessionDuration: 3600, // seconds; a role that is taken from a role lasts no longer
      });
      const made = new aws.iam.Role(`${name}-${key}`, roleArgs, child);
      const policyArgs = { role: made.name, name: "own-work", policy: JSON.stringify(policy) };
      return new aws.iam.RolePolicy(`${name}-${key}-policy`, policyArgs, child);
    };

    const read = role("read", {
      named: readRole,
      trusted: [hub.query, ...(hasPublisher ? [publisherRole] : [])],
      policy: readPolicy(scope),
      description: `Environment ${environment}: the hub reads servers, jobs and quotas`,
    });
    const recovery = role("recovery", {
      named: recoveryRole,
      trusted: [hub.execution],
      policy: recoveryPolicy(scope),
      description: `Environment ${environment}: the hub drills, recovers and cleans up`,
    });

    this.readRoleArn = read.role.apply(() => readRole.arn);
    this.recoveryRoleArn = recovery.role.apply(() => recoveryRole.arn);
    this.registerOutputs({
      ...contract,
      readRoleArn: this.readRoleArn,
      recoveryRoleArn: this.recoveryRoleArn,
    });
  }
}

interface SpokeRole {
  readonly named: Named;
  readonly trusted: readonly Named[];
  readonly policy: PolicyDocument;
  readonly description: string;
}

function arnOf({ arn }: Named): string {
  return arn;
}
