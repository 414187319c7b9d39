import type { PlacedResource } from "../cells/edges/edges.js";
import { notYetKnown, valuesAt } from "../cells/edges/values.js";

/** A resource that may cost something. */
export interface CostedResource extends PlacedResource {
  readonly name: string;
  /** URN of the component that it is part of. */
  readonly parent?: string;
}

/** All resources of a program, to be found by each other. */
export class Stack {
  readonly resources: readonly CostedResource[];
  readonly #byUrn: ReadonlyMap<string, CostedResource>;

  constructor(resources: readonly CostedResource[]) {
    this.resources = resources;
    this.#byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  }

  ofType(type: string): readonly CostedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** What a property was made of, as far as it is of this type. */
  behind(resource: CostedResource, property: string, type: string): CostedResource | undefined {
    const urns = resource.dependenciesOf(property);
    return urns.map((urn) => this.#byUrn.get(urn)).find((one) => one?.type === type);
  }

  /** The nearest component around a resource, or itself, that belongs to a cell. */
  cellOf(resource: CostedResource): CellContract | undefined {
    let around: CostedResource | undefined = resource;
    while (around !== undefined) {
      const contract = contractIn(around);
      if (contract) return contract;
      around = around.parent === undefined ? undefined : this.#byUrn.get(around.parent);
    }
    return undefined;
  }
}

/** What a component tells of its cell, and the component itself. */
export interface CellContract {
  readonly environment: string;
  readonly cell: string;
  readonly primaryRegion: string;
  readonly recoveryRegion: string;
  readonly component: CostedResource;
}

function contractIn(component: CostedResource): CellContract | undefined {
  const { environment, cell, primaryRegion, recoveryRegion } = component.props;
  const texts = [environment, cell, primaryRegion, recoveryRegion];
  if (!texts.every((text) => typeof text === "string")) return undefined;
  return {
    environment: String(environment),
    cell: String(cell),
    primaryRegion: String(primaryRegion),
    recoveryRegion: String(recoveryRegion),
    component,
  };
}

/** Reads a resource's properties, and keeps which of them nobody knows before the deployment. */
export class Reading {
  readonly #props: CostedResource["props"];
  readonly #unknown = new Set<string>();

  constructor({ props }: CostedResource) {
    this.#props = props;
  }

  get unknown(): readonly string[] {
    return [...this.#unknown];
  }

  number(path: string): number | undefined {
    const value = this.#at(path);
    const read = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    return typeof read === "number" && Number.isFinite(read) ? read : undefined;
  }

  text(path: string): string | undefined {
    const value = this.#at(path);
    return typeof value === "string" ? value : undefined;
  }

  isTrue(path: string): boolean {
    return this.#at(path) === true;
  }

  /** How many elements a list has, whether they are known or not. */
  count(path: string): number | undefined {
    const value = this.#at(path);
    return Array.isArray(value) ? value.length : undefined;
  }

  /** The same, where a list that is not known is to be counted elsewhere. */
  countIfKnown(path: string): number | undefined {
    const [found] = valuesAt(this.#props, path);
    return Array.isArray(found?.value) ? found.value.length : undefined;
  }

  record(path: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.#at(path);
    const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
    return isRecord ? (value as Readonly<Record<string, unknown>>) : undefined;
  }

  /** Its elements; one that is not known makes the whole list unknown. */
  list(path: string): readonly unknown[] {
    const value = this.#at(path);
    if (!Array.isArray(value)) return [];
    if (value.includes(notYetKnown)) this.#unknown.add(path);
    return value;
  }

  #at(path: string): unknown {
    const [found] = valuesAt(this.#props, path);
    if (found?.value !== notYetKnown) return found?.value;
    this.#unknown.add(found.path);
    return undefined;
  }
}
