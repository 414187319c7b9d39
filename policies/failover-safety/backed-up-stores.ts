import type { PolicyResource } from "@pulumi/policy";
import { known, UNKNOWN } from "../known.js";
import { regionOf } from "../placement.js";
import { accountOf } from "../provider-account.js";

export type Tags = Readonly<Record<string, string>>;

/** A store of the stack in one Region, as a selection of AWS Backup finds it or not. */
export interface BackedUpStore {
  readonly kind: string;
  /** Absent where it is not known before the deployment, as the other two. */
  readonly name?: string;
  readonly region?: string;
  readonly account?: string;
  readonly tags: Tags | typeof UNKNOWN;
}

/** Kinds of stores that this package backs up, as their ARNs call them, and what names each. */
const kinds: Readonly<Record<string, readonly [kind: string, nameProperty: string]>> = {
  "aws:dynamodb/table:Table": ["dynamodb:table/", "name"],
  "aws:rds/cluster:Cluster": ["rds:cluster:", "clusterIdentifier"],
  "aws:rds/instance:Instance": ["rds:db:", "identifier"],
};

/** The stores of a resource: one in each Region of a table, one of a database, none of another type. */
export function storesOf(resource: PolicyResource): readonly BackedUpStore[] {
  const { type, props, provider } = resource;
  const [kind, nameProperty] = kinds[type] ?? [];
  if (kind === undefined || nameProperty === undefined) return [];
  const name = known(() => props[nameProperty]);
  const account = accountOf(provider);
  const region = regionOf(resource);
  const store: BackedUpStore = {
    kind,
    ...(typeof name === "string" && { name }),
    ...(account !== UNKNOWN && { account }),
    tags: tagsOf(resource),
  };
  const replicas = known(() => (props.replicas ?? []) as readonly Replica[]);
  return [
    { ...store, ...(region !== undefined && { region }) },
    ...(replicas === UNKNOWN ? [] : replicas).map(
      ({ regionName, propagateTags }): BackedUpStore => ({
        ...store,
        region: regionName,
        tags: propagateTags === true ? store.tags : {},
      }),
    ),
  ];
}

interface Replica {
  readonly regionName: string;
  readonly propagateTags?: boolean;
}

/** What a resource is tagged with; where AWS's provider says so, its default tags are among them. */
export function tagsOf({ props }: PolicyResource): Tags | typeof UNKNOWN {
  const own = known(() => (props.tags ?? {}) as Tags);
  const all = known(() => (props.tagsAll ?? {}) as Tags);
  return own === UNKNOWN || all === UNKNOWN ? UNKNOWN : { ...all, ...own };
}

/** The kind of stores that the ARN of a selection leads to; nothing for kinds that are not known here. */
export function kindOf(pattern: string): string | undefined {
  const [, , service = "", , , ...rest] = pattern.split(":");
  const wanted = `${service}:${rest.join(":")}`;
  return Object.values(kinds).find(([kind]) => wanted.startsWith(kind))?.[0];
}

/** Whether the ARN of a selection, in which `*` stands for anything, leads to a store. */
export function leadsTo(pattern: string, store: BackedUpStore): boolean {
  const { kind, name, region, account } = store;
  const [, , , itsRegion = "*", itsAccount = "*", ...rest] = pattern.split(":");
  const itsName = `${pattern.split(":")[2]}:${rest.join(":")}`.slice(kind.length);
  return (
    kindOf(pattern) === kind &&
    matches(itsRegion, region) &&
    matches(itsAccount, account) &&
    matches(itsName, name)
  );
}

/** What is not known yet matches: it is not what keeps a store out. */
function matches(pattern: string, value: string | undefined): boolean {
  if (value === undefined) return true;
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(value);
}
