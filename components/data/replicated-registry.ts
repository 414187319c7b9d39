import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { keepImages } from "../../runtime/limits.js";
import type { Transform } from "../arguments.js";
import { type Cell, cellContract, cellPrefix } from "../cells/cell.js";
import type { KeyArns } from "../cells/keys.js";
import { type PerRegion, perRegion } from "../cells/regional.js";
import type { StoreObjectives } from "./objectives.js";
import { creationRole, registryInRegion } from "./registry-in-region.js";
import { registryProblems } from "./replicated-registry-problems.js";

/** What a {@link ReplicatedRegistry} needs to know. */
export interface ReplicatedRegistryArgs {
  readonly cell: Cell;
  /** What the repositories have in common: their names begin with `<environment>-<cell>-<name>/`. */
  readonly name: string;
  /** Customer key of each Region, by the Region's name: `keyArns` of a CellKey. */
  readonly keyArns: KeyArns;
  /** Names of the repositories below their common prefix. */
  readonly repositories: readonly string[];

  /**
   * How many images of a repository are kept, in each Region. Older ones are deleted, those without
   * a tag after a fortnight.
   *
   * @unit newest images of a repository
   * @defaultValue 500
   */
  readonly keepImages?: number;

  /**
   * Whether this component sets the replication. ECR has one configuration for all repositories of an
   * account in a Region, so exactly one component may: true by default, `false` for any other, whose
   * prefix then stands in the `otherPrefixes` of that one.
   */
  readonly ownsReplication?: boolean;

  /** Prefixes of other repositories of the account that are replicated as well. None by default. */
  readonly otherPrefixes?: readonly string[];

  /** What is promised of these repositories; policies compare it with what the kind of copy can hold. */
  readonly objectives?: StoreObjectives;

  /** Whether the repositories outlive a mistake. True by default. With `false`, destroying them deletes their images. */
  readonly keepData?: boolean;

  /** Last word on each repository's arguments. Names must stay. */
  readonly transformRepository?: Transform<aws.ecr.RepositoryArgs>;
}

/** Repositories of images in both Regions of a cell; what is pushed to one appears in the other. */
export class ReplicatedRegistry extends pulumi.ComponentResource {
  /** Addresses of the repositories in each Region, by the Region's name and the repository's. */
  readonly repositoryUrls: PerRegion<Readonly<Record<string, pulumi.Output<string>>>>;

  constructor(name: string, args: ReplicatedRegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, ownsReplication = true, otherPrefixes = [], keepData = true } = args;
    const prefix = `${cellPrefix(cell)}-${args.name}/`;
    const contract = {
      ...cellContract(cell),
      name: args.name,
      mechanism: "ecr-replication",
      prefix,
      repositories: args.repositories,
      hasImmutableTags: true,
      keepImages: args.keepImages ?? keepImages.default,
      ownsReplication,
      keepData,
      ...(args.objectives && { objectives: args.objectives }),
    };
    super("aws-dr:data:ReplicatedRegistry", name, contract, opts);
    registryProblems(args, contract).refuse(this);
    const child = { parent: this };

    const roleArn = creationRole(name, args, prefix, child);
    this.repositoryUrls = perRegion(cell, (region, other) => {
      if (ownsReplication) {
        const filters = [prefix, ...otherPrefixes].map((filter) => ({
          filter,
          filterType: "PREFIX_MATCH",
        }));
        const destinations = [{ region: other, registryId: cell.account }];
        new aws.ecr.ReplicationConfiguration(
          `${name}-replication-${region}`,
          {
            region,
            replicationConfiguration: { rules: [{ destinations, repositoryFilters: filters }] },
          },
          child,
        );
      }
      return registryInRegion(name, region, args, { ...contract, roleArn }, child);
    });
    this.registerOutputs({ ...contract, repositoryUrls: this.repositoryUrls });
  }
}
