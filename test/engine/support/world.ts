import { setTimeout } from "node:timers/promises";
import type { Properties } from "../../../runtime/rehearsal/program/sdk.js";
import { propertiesOf } from "../../../runtime/rehearsal/program/sdk-properties.js";
import {
  madeByAws,
  type Order,
  somewhere,
} from "../../../runtime/rehearsal/program/stand-in-aws.js";
import { neededByOthers, refusalOfCreation, refusalOfDeletion } from "./aws-refusals.js";

/** Something that exists in an account. */
export interface Thing {
  readonly type: string;
  readonly account: string;
  readonly region: string;
  readonly id: string;
  /** As it was ordered, or changed since. */
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** Longer than the engine takes to register all that does not wait for what is needed. */
const slowMilliseconds = 500;
const quickMilliseconds = 25;

/** What exists in the accounts of a test: deployments make it, tests may change it behind their back. */
export class World {
  readonly #things = new Map<string, Thing>();

  get things(): readonly Thing[] {
    return [...this.#things.values()];
  }

  /**
   * Makes what is ordered, which takes its time: others find it when it is done, not when it has
   * begun. Throws where AWS would refuse.
   */
  async create(order: Order): Promise<Thing> {
    const thing = made(order);
    const key = keyOf(thing);
    refuse(refusalOfCreation(thing, this.things));
    await setTimeout(neededByOthers.has(thing.type) ? slowMilliseconds : quickMilliseconds);
    if (this.#things.has(key)) throw new Error(`AlreadyExists: ${thing.type} ${thing.id}`);
    this.#things.set(key, thing);
    return thing;
  }

  read(order: Order, id: string): Thing | undefined {
    return this.#things.get(keyOf({ ...made(order), id }));
  }

  update(order: Order, id: string): Thing {
    const thing = made(order);
    const key = keyOf({ ...thing, id });
    if (!this.#things.has(key)) throw new Error(`NotFound: ${thing.type} ${id}`);
    this.#things.set(key, { ...thing, id });
    return { ...thing, id };
  }

  /** What is gone already may be deleted again. Throws where AWS would refuse. */
  delete(order: Order, id: string): void {
    const thing = this.read(order, id);
    if (thing === undefined) return;
    refuse(refusalOfDeletion(thing, this.things));
    this.#things.delete(keyOf(thing));
  }

  /** The only thing of that type and id, in any account, and in any Region unless one is named. */
  find(type: string, id: string, region?: string): Thing {
    const [found, ...others] = this.things.filter(
      (thing) =>
        thing.type === type && thing.id === id && (region === undefined || thing.region === region),
    );
    if (found === undefined || others.length > 0) {
      const ids = this.things.filter((thing) => thing.type === type).map((thing) => thing.id);
      throw new Error(`"${id}" must be one ${type}, got ${others.length + 1} of ${ids.join(", ")}`);
    }
    return found;
  }

  /** Somebody changes settings by hand. */
  change(type: string, id: string, settings: Properties, region?: string): void {
    const thing = this.find(type, id, region);
    const inputs = { ...thing.inputs, ...settings };
    this.#things.set(keyOf(thing), {
      ...thing,
      inputs,
      outputs: { ...thing.outputs, ...settings },
    });
  }

  /** Somebody makes it by hand. */
  place(thing: Thing): void {
    this.#things.set(keyOf(thing), thing);
  }

  /** Somebody removes it by hand. */
  remove(type: string, id: string, region?: string): void {
    this.#things.delete(keyOf(this.find(type, id, region)));
  }
}

function made(order: Order): Thing {
  const { type, inputs, placement } = order;
  const { id, outputs } = madeByAws(order);
  return { type, ...somewhere(placement), id, inputs, outputs };
}

function keyOf({ type, account, region, id }: Pick<Thing, "type" | "account" | "region" | "id">) {
  return [type, account, propertiesOf(type).has("region") ? region : "", id].join(" ");
}

function refuse(refusal: string | undefined): void {
  if (refusal !== undefined) throw new Error(refusal);
}
