import { describe, expect, test } from "vitest";
import {
  type Mechanism,
  type MechanismName,
  mechanisms,
} from "../../../runtime/core/cells/mechanisms.js";

const all = Object.entries(mechanisms) as readonly (readonly [MechanismName, Mechanism])[];

describe("how a copy in another Region comes to be", () => {
  test.each(all)("%s claims no RPO that nobody bounds", (_name, { rpoBasis, rpoSeconds }) => {
    if (rpoBasis === "unbounded") expect(rpoSeconds).toBeUndefined();
    if (rpoBasis === "enforced" || rpoBasis === "designed") expect(rpoSeconds).toBeTypeOf("number");
  });

  test.each(all)("%s takes time only where something is to be done", (_name, mechanism) => {
    expect(mechanism.activationSeconds > 0).toBe(mechanism.activation !== "none");
  });
});
