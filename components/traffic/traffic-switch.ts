import type * as pulumi from "@pulumi/pulumi";
import type { TurnsBy } from "../../runtime/core/cells/rto.js";
import type { PerRegion } from "../cells/regional.js";

/** What an operator turns a cell's traffic with, for any number of names. */
export interface TrafficSwitch {
  readonly turnsBy: Exclude<TurnsBy, "health">;
  /** For each Region, by its name, the health check that says whether it takes traffic. */
  readonly checkIds: PerRegion<pulumi.Input<string>>;
}
