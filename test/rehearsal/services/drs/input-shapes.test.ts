import { describe, expect, it } from "vitest";
import { withoutValidation } from "../../../../runtime/rehearsal/services/drs/check-input.js";
import type { DrsOptions } from "../../../../runtime/rehearsal/services/drs/drs.js";
import {
  inputShapes,
  inputsOfOperations,
} from "../../../../runtime/rehearsal/services/drs/input-shapes.js";
import { loadModel } from "../../../support/service-model/model.js";
import { startBench } from "../bench.js";
import { signedRequest } from "../signed-request.js";

const model = loadModel("drs");

describe("an input that the model forbids", () => {
  async function codes(drs: DrsOptions) {
    const bench = await startBench({ drs });
    const send = signedRequest(bench);
    const replies = [
      await send("POST", "/StartRecovery", JSON.stringify({ sourceServers: [] })),
      await send("POST", "/DescribeJobs", JSON.stringify({ maxResults: 0 })),
    ];
    return replies.map(({ headers }) => headers.get("x-amzn-errortype"));
  }

  it("is a ValidationException of operations that declare none, too, or what the switch says", async () => {
    expect(await codes({})).toEqual(["ValidationException", "ValidationException"]);
    expect(await codes({ undeclaredInvalidInput: "ConflictException" })).toEqual([
      "ConflictException",
      "ValidationException",
    ]);
  });
});

describe("what the emulator knows of inputs", () => {
  it("is which operations declare no ValidationException", () => {
    const declaring = (errors: readonly { shape: string }[] = []) =>
      errors.some(({ shape }) => shape === "ValidationException");
    const without = Object.values(model.operations).filter(({ errors }) => !declaring(errors));
    expect([...withoutValidation].sort()).toEqual(without.map(({ name }) => name).sort());
  });

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
