import type { DeclaredEdge, EdgeKind, Reference } from "./declared-edge.js";
import { declaredEdges } from "./declared-edges.js";
import { notYetKnown, type Value, valuesAt } from "./values.js";

/** A resource that may hold data or send it elsewhere. */
export interface PlacedResource {
  readonly urn: string;
  readonly type: string;
  /** Region it lives in; absent where it has none or nobody knows it. */
  readonly region?: string;
  /** Account that its provider names; absent where nobody knows it. */
  readonly account?: string;
  /** Its properties; what is not known before the deployment is `notYetKnown`. */
  readonly props: Readonly<Record<string, unknown>>;
  /** URNs of what a property was made of. */
  dependenciesOf(property: string): readonly string[];
}

/** A way by which data goes from one Region to another. */
export interface Edge {
  readonly kind: EdgeKind;
  /** The resource that declares it. */
  readonly urn: string;
  /** Property that declares it. */
  readonly path: string;
  /** Region that the data comes from; absent where nobody knows it before the deployment. */
  readonly from?: string;
  /** Region that the data goes to; absent where nobody knows it before the deployment. */
  readonly to?: string;
}

/**
 * Every edge that resources declare, those within one Region among them. `elsewhere` tells the
 * Region of what is not among the resources, by the name or ARN that they give for it.
 */
export function edgesOf(
  resources: readonly PlacedResource[],
  elsewhere: Readonly<Record<string, string>> = {},
): readonly Edge[] {
  const world = new World(resources, elsewhere);
  return resources.flatMap((resource) =>
    declaredEdges
      .filter(({ type }) => type === resource.type)
      .flatMap((declared) => edgesBy(declared, resource, world)),
  );
}

function edgesBy(declared: DeclaredEdge, resource: PlacedResource, world: World): readonly Edge[] {
  const { kind, way, path } = declared;
  return valuesAt(resource.props, path).flatMap((value) =>
    regionsNamed(declared, value, resource, world).map((other) => {
      const ends = way === "to" ? [resource.region, other] : [other, resource.region];
      const [from, to] = ends;
      return {
        kind,
        urn: resource.urn,
        path: value.path,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      };
    }),
  );
}

/** The Regions that a property names; one that is absent where it names what nobody knows. */
function regionsNamed(
  { path, holds }: DeclaredEdge,
  { value }: Value,
  resource: PlacedResource,
  world: World,
): readonly (string | undefined)[] {
  if (holds === "cells") return value === false ? [] : world.regionsOfCells(resource.account);
  if (holds !== "region" && isOtherThing(holds, resource)) return [];
  if (typeof value === "string") {
    if (holds === "region") return [regionOfArn(value) ?? value];
    return [world.regionOf(value, holds, resource.region)];
  }
  if (value !== notYetKnown || holds === "region") return [undefined];
  const property = path.split(/[.[]/)[0] ?? path;
  const regions = world.regionsAmong(resource.dependenciesOf(property), holds);
  return regions.length > 0 ? regions : [undefined];
}

function isOtherThing({ onlyWhere }: Reference, { props }: PlacedResource): boolean {
  const kind = onlyWhere && props[onlyWhere.property];
  return typeof kind === "string" && !onlyWhere?.isAmong.includes(kind);
}

function regionOfArn(text: string): string | undefined {
  const [scheme, , , region] = text.split(":");
  return scheme === "arn" && region !== "" ? region : undefined;
}

/** What a text calls a resource: of a bucket, the name without what lies in it. */
function nameIn(text: string): string {
  const bucket = /^(?:s3:\/\/|arn:[\w-]+:s3:::)([^/]+)/.exec(text)?.[1];
  return bucket ?? (text.startsWith("arn:") ? text.split(":").slice(5).join(":") : text);
}

/** Finds resources by what others call them. */
class World {
  readonly #resources: readonly PlacedResource[];
  readonly #elsewhere: Readonly<Record<string, string>>;
  readonly #byUrn: ReadonlyMap<string, PlacedResource>;

  constructor(resources: readonly PlacedResource[], elsewhere: Readonly<Record<string, string>>) {
    this.#resources = resources;
    this.#elsewhere = elsewhere;
    this.#byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  }

  /** Region of what a text refers to: that of its ARN, of the resource of that name, or one's own. */
  regionOf(
    text: string,
    { type, property, isLocalName = false }: Reference,
    own?: string,
  ): string | undefined {
    const name = nameIn(text);
    const found = this.#resources.find(
      (resource) => resource.type === type && resource.props[property] === name,
    );
    const told = regionOfArn(text) ?? found?.region;
    if (told !== undefined || found) return told;
    const isName = isLocalName && !text.startsWith("arn:");
    return this.#elsewhere[text] ?? this.#elsewhere[name] ?? (isName ? own : undefined);
  }

  /** Regions of the cells in an account; of all cells where nobody knows which account it is. */
  regionsOfCells(account: string | undefined): readonly string[] {
    const cells = this.#resources.filter(
      ({ type, props }) =>
        type.startsWith("aws-dr:") && (account === undefined || props.account === account),
    );
    const regions = cells.flatMap(({ props }) => [props.primaryRegion, props.recoveryRegion]);
    return [...new Set(regions.filter((region) => typeof region === "string"))];
  }

  regionsAmong(urns: readonly string[], { type, otherTypes = [] }: Reference): readonly string[] {
    const isMeant = (one: PlacedResource) =>
      otherTypes === "any" || one.type === type || otherTypes.includes(one.type);
    const found = urns
      .map((urn) => this.#byUrn.get(urn))
      .filter((one) => one !== undefined && isMeant(one));
    return [...new Set(found.flatMap((one) => one?.region ?? []))];
  }
}
