import type { Properties } from "../sdk.js";
import { knownText } from "../wire.js";

/** What the outputs of a resource are computed from. */
export interface Making {
  readonly inputs: Properties;
  /** The name that AWS would know it by: given, or made from the Pulumi name. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** Hexadecimal digits that differ from resource to resource and never change. */
  readonly digits: string;
}

/** What AWS answers when it made a resource. */
export interface Made {
  readonly id: string;
  readonly outputs: Properties;
}

/** How resources of one type are made. */
export interface StandInType {
  /** Input that carries the name; it is made up when absent, as the provider does. */
  readonly nameInput?: string;
  readonly make: (making: Making) => Made;
}

export function named(make: (making: Making) => Made): StandInType {
  return { nameInput: "name", make };
}

export function arnOf(
  { partition, region, account }: Making,
  service: string,
  resource: string,
): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

export function globalArn(
  { partition }: Making,
  service: string,
  resource: string,
  account = "",
): string {
  return `arn:${partition}:${service}::${account}:${resource}`;
}

export function pathOf({ inputs }: Making): string {
  return knownText(inputs.path) ?? "/";
}

export function capitals({ digits }: Making): string {
  return digits.slice(0, 17).toUpperCase();
}

export function uuid({ digits }: Making): string {
  return digits.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function text(value: unknown): string {
  return knownText(value) ?? "";
}
