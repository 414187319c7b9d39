import { createHash } from "node:crypto";
import { partitionOf } from "../../core/partition.js";
import type { Placement } from "./placement.js";
import type { Properties } from "./sdk.js";
import { type Made, standInTypes } from "./stand-in-types.js";
import { knownText } from "./wire.js";

/** A resource as the stand-in for AWS is asked to make it. */
export interface Order {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly inputs: Properties;
  readonly placement: Placement;
  /** Tags that its provider adds to its own. */
  readonly defaultTags: Properties;
}

/** Account and Region in ARNs where neither provider nor resource names one. */
const nowhere = { account: "000000000000", region: "us-east-1" } as const;

/**
 * Fills in what the AWS provider fills in before policies look: a name where none was given. The
 * same URN always gets the same name.
 */
export function checkedInputs({ type, urn, name, inputs }: Order): Properties {
  const nameInput = standInTypes[type]?.nameInput;
  if (nameInput === undefined || inputs[nameInput] !== undefined) return inputs;
  return { ...inputs, [nameInput]: `${name}-${digitsOf(urn).slice(0, 7)}` };
}

/**
 * Makes a resource: its inputs, its tags with those of its provider, its Region, and what the
 * stand-in can compute. It refuses nothing; what it cannot compute is absent.
 */
export function madeByAws(order: Order): Made {
  const { inputs, placement } = order;
  const { id, outputs } = computed(order);
  return {
    id,
    outputs: {
      ...outputs,
      ...(placement.region === undefined ? {} : { region: placement.region }),
      tagsAll: allTags(order),
      ...inputs,
    },
  };
}

/** What AWS would tell at preview: the inputs, and the tags with those of the provider. */
export function plannedByAws(order: Order): Properties {
  return { tagsAll: allTags(order), ...order.inputs };
}

/** A placement with both parts, made up where nobody names one. */
export function somewhere({ account, region }: Placement): Required<Placement> {
  return { account: account ?? nowhere.account, region: region ?? nowhere.region };
}

function computed({ type, urn, name, inputs, placement }: Order): Made {
  const digits = digitsOf(urn);
  const known = standInTypes[type];
  if (known === undefined) return { id: `${name}-${digits.slice(0, 7)}`, outputs: {} };
  const { account, region } = somewhere(placement);
  const awsName = knownText(inputs[known.nameInput ?? ""]) ?? name;
  const partition = partitionOf(region);
  return known.make({ inputs, name: awsName, account, region, partition, digits });
}

function allTags({ inputs, defaultTags }: Order): unknown {
  const own = inputs.tags;
  if (own === undefined) return defaultTags;
  return typeof own === "object" ? { ...defaultTags, ...own } : own;
}

function digitsOf(urn: string): string {
  return createHash("sha256").update(urn).digest("hex");
}
