import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ignoredAfterFailover } from "../../runtime/core/cells/drift-guards.js";
import { deletionWindowDays, rotationDays } from "../../runtime/limits.js";
import { type Transform, unchanged } from "../arguments.js";
import { type Cell, cellContract, cellPrefix } from "../cells/cell.js";
import { inRegion, type PerRegion, perRegion } from "../cells/regional.js";
import { type KeyCaller, type KeyService, keyPolicy } from "../iam/key-policy.js";
import { cellKeyProblems } from "./cell-key-problems.js";

/** What a {@link CellKey} needs to know. */
export interface CellKeyArgs {
  readonly cell: Cell;
  /** What the key is called within the cell: its alias is `alias/<environment>-<cell>-<name>`. */
  readonly name: string;
  /** Services through which the account's roles may use the key, as their own policies say; `eks` for clusters. */
  readonly services: readonly KeyService[];
  /** Services that use the key in their own name. None by default. */
  readonly callers?: readonly KeyCaller[];
  /** ARNs of roles and users that call KMS themselves. They must exist: KMS refuses others. None by default. */
  readonly users?: readonly string[];

  /**
   * Whether both Regions hold the same key material. By default each has a key of its own, which no
   * copy of a store of this package hinders; the same material serves who encrypts by himself.
   */
  readonly multiRegion?: boolean;

  /**
   * How long a key that somebody deletes can still be brought back.
   *
   * @unit days from a deletion until nothing can be decrypted any more
   * @defaultValue 30
   */
  readonly deletionWindowDays?: number;

  /**
   * How often the key's material changes. What was encrypted before can still be decrypted.
   *
   * @unit days between two rotations
   * @defaultValue 365
   */
  readonly rotationDays?: number;

  /** Whether the keys outlive a mistake: without them, nothing that they encrypted can be read. True by default. */
  readonly keepData?: boolean;

  /** Last word on each key's arguments. */
  readonly transformKey?: Transform<aws.kms.KeyArgs>;
}

/** The customer keys with which a cell encrypts: one in each Region, under the same alias. */
export class CellKey extends pulumi.ComponentResource {
  /** ARN of the key in each Region, by the Region's name. */
  readonly keyArns: PerRegion<pulumi.Output<string>>;
  /** Alias of the key, the same in both Regions. */
  readonly alias: pulumi.Output<string>;

  constructor(name: string, args: CellKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, multiRegion = false, keepData = true } = args;
    const contract = {
      ...cellContract(cell),
      name: args.name,
      multiRegion,
      deletionWindowDays: args.deletionWindowDays ?? deletionWindowDays.default,
      rotationDays: args.rotationDays ?? rotationDays.default,
      keepData,
    };
    super("aws-dr:data:CellKey", name, contract, opts);
    cellKeyProblems(args, contract).refuse(this);
    const aliasName = `alias/${cellPrefix(cell)}-${args.name}`;
    const settings = (region: string) => ({
      region,
      description: `Cell ${cellPrefix(cell)}: ${args.name} in ${region}`,
      deletionWindowInDays: contract.deletionWindowDays,
      policy: policyOf(args, region),
    });
    const kept = { parent: this, protect: keepData };
    const ownKey = (region: string): aws.kms.Key => {
      const { transformKey = unchanged } = args;
      const keyArgs = {
        ...settings(region),
        enableKeyRotation: true,
        rotationPeriodInDays: contract.rotationDays,
        ...(multiRegion && { multiRegion }),
      };
      return new aws.kms.Key(`${name}-${region}`, transformKey(keyArgs), kept);
    };
    const { primary, recovery } = cell.regions;
    const primaryKey = ownKey(primary);
    const recoveryKey = multiRegion
      ? new aws.kms.ReplicaKey(
          `${name}-${recovery}`,
          { ...settings(recovery), primaryKeyArn: primaryKey.arn },
          { ...kept, ignoreChanges: ignoredAfterFailover("aws:kms/replicaKey:ReplicaKey") },
        )
      : ownKey(recovery);

    const keys: PerRegion<aws.kms.Key | aws.kms.ReplicaKey> = {
      [primary]: primaryKey,
      [recovery]: recoveryKey,
    };
    const aliases = perRegion(cell, (region) => {
      const aliasArgs = { region, name: aliasName, targetKeyId: inRegion(keys, region).keyId };
      return new aws.kms.Alias(`${name}-alias-${region}`, aliasArgs, { parent: this });
    });

    this.keyArns = perRegion(cell, (region) => inRegion(keys, region).arn);
    this.alias = inRegion(aliases, primary).name;
    this.registerOutputs({ ...contract, keyArns: this.keyArns, alias: this.alias });
  }
}

function policyOf(args: CellKeyArgs, region: string): string {
  const { cell, services, callers = [], users = [], multiRegion = false } = args;
  const use = { services, callers, users, isMultiRegion: multiRegion };
  return JSON.stringify(keyPolicy(cell, region, use));
}
