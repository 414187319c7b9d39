import { createHash } from "node:crypto";
import { partitionOf } from "../../core/partition.js";
import type { Placement } from "./placement.js";
import type { Properties } from "./sdk.js";
import { propertiesOf } from "./sdk-properties.js";
import { type Made, standInTypes } from "./stand-in-types/index.js";
import { knownText, unknownProperties, unknownValue } from "./wire.js";

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
 * Fills in what the AWS provider fills in before policies look: a name where none was given, and the
 * tags with those of the provider. The same URN always gets the same name.
 */
export function checkedInputs(order: Order): Properties {
  const { type, urn, name, inputs } = order;
  const nameInput = standInTypes[type]?.nameInput;
  const isUnnamed = nameInput !== undefined && inputs[nameInput] === undefined;
  return {
    ...inputs,
    ...(isUnnamed && { [nameInput]: `${name}-${digitsOf(urn).slice(0, 7)}` }),
    ...(propertiesOf(type).has("tagsAll") && { tagsAll: allTags(order) }),
  };
}

/**
 * Makes a resource of checked inputs: these, its Region, and what the stand-in can compute. It
 * refuses nothing; what it cannot compute is absent.
 */
export function madeByAws(order: Order): Made {
  const { type, inputs, placement } = order;
  const { id, outputs } = computed(order);
  const isRegional = placement.region !== undefined && propertiesOf(type).has("region");
  return {
    id,
    outputs: { ...outputs, ...(isRegional && { region: placement.region }), ...inputs },
  };
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

/** One tag that is not known yet makes them all unknown, as in the AWS provider. */
function allTags({ inputs: { tags = {} }, defaultTags }: Order): unknown {
  const isUnknown = unknownProperties({ tags, defaultTags }).length > 0;
  return isUnknown ? unknownValue : { ...defaultTags, ...Object(tags) };
}

/** Hexadecimal digits that are always the same for the same text. */
export function digitsOf(urn: string): string {
  return createHash("sha256").update(urn).digest("hex");
}
