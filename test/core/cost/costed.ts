import { estimate } from "../../../runtime/core/cost/estimate.js";
import type { CostedResource } from "../../../runtime/core/cost/resources.js";

/** What a test says of a resource that may cost something. */
export interface Costed {
  readonly type: string;
  readonly name?: string;
  readonly region?: string;
  readonly props?: Readonly<Record<string, unknown>>;
  readonly parent?: CostedResource;
  /** What each property was made of. */
  readonly madeOf?: Readonly<Record<string, CostedResource>>;
}

/** A resource in N. Virginia, as a program registers it. */
export function resource({
  type,
  name = "subject",
  region = "us-east-1",
  props = {},
  parent,
  madeOf = {},
}: Costed): CostedResource {
  return {
    urn: `urn:pulumi:test::shop::${type}::${name}`,
    type,
    name,
    region,
    props,
    ...(parent && { parent: parent.urn }),
    dependenciesOf: (property) => {
      const made = madeOf[property];
      return made === undefined ? [] : [made.urn];
    },
  };
}

/** A component of a cell whose recovery Region is Oregon. */
export function component(type: string, contract: Costed["props"] = {}): CostedResource {
  const cell = { environment: "shop", cell: "orders" };
  const regions = { primaryRegion: "us-east-1", recoveryRegion: "us-west-2" };
  return resource({ type, name: "component", props: { ...cell, ...regions, ...contract } });
}

/** `<what> <how many> $<a month>`, one each. */
export function lines(...resources: readonly CostedResource[]): readonly string[] {
  return estimate(resources).lines.map(
    ({ what, quantity, dollarsPerMonth }) => `${what} ${quantity} $${dollarsPerMonth.toFixed(2)}`,
  );
}
