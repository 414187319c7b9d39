import { describe, expect, it } from "vitest";
import {
  inputShapes,
  inputsOfOperations,
} from "../../../../runtime/rehearsal/services/drs/input-shapes.js";
import { loadModel } from "../../../support/service-model/model.js";

const model = loadModel("drs");

describe("what the emulator knows of inputs", () => {
  it("is what the published model says of them, for every operation that takes some", () => {
    const published = Object.values(model.operations).flatMap(({ name, input }) =>
      input ? [[name, input.shape] as const] : [],
    );
    expect(inputsOfOperations).toEqual(Object.fromEntries(published));
    for (const [name, shape] of Object.entries(inputShapes)) {
      expect(shape, name).toEqual(model.shapes[name]);
    }
  });
});
