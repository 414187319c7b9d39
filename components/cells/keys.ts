import type * as pulumi from "@pulumi/pulumi";
import { checked, type Problems, type Rule } from "../arguments.js";
import { type Cell, regionsOf } from "./cell.js";
import { inRegion } from "./regional.js";

/** ARN of the customer key that encrypts in each Region, by the Region's name: `keyArns` of a CellKey. */
export type KeyArns = Readonly<Record<string, pulumi.Input<string>>>;

/** Adds what is wrong with a cell's keys. An ARN that is known only after a deployment is not judged. */
export function checkKeyArns(
  problems: Problems,
  cell: Cell,
  keyArns: KeyArns,
  argument = "keyArns",
): void {
  for (const region of regionsOf(cell)) {
    const path = `${argument}["${region}"]`;
    const arn = keyArns[region];
    if (arn === undefined) {
      const given = Object.keys(keyArns).join(", ") || "no Region";
      problems.add(
        path,
        `must be the ARN of a customer key, got ${given}. Take keyArns of a CellKey`,
      );
    } else if (typeof arn === "string") {
      problems.check(path, keyOf(cell, region), arn);
    }
  }
}

/** The ARN of a Region's key; the deployment fails where only it tells that the key is not of there. */
export function checkedKeyArn(
  component: pulumi.ComponentResource,
  cell: Cell,
  keyArns: KeyArns,
  region: string,
  argument = "keyArns",
): pulumi.Output<string> {
  const arn = inRegion(keyArns, region);
  return checked(component, `${argument}["${region}"]`, [keyOf(cell, region)], arn);
}

function keyOf({ account }: Cell, region: string): Rule<string> {
  return (arn) => {
    const [, , service, keyRegion, keyAccount, resource = ""] = arn.split(":");
    const isThere = service === "kms" && keyRegion === region && keyAccount === account;
    return isThere && resource.startsWith("key/")
      ? undefined
      : `must be the ARN of a key in that Region, got "${arn}". A service encrypts with keys of its own Region`;
  };
}
