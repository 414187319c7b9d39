import { afterAll, afterEach, expect, vi } from "vitest";
import { takeBreaches } from "./service-model/ledger.js";

/*
 * Installed in every test: each reply of an emulated service, and each request that reaches one, is
 * judged by the service's published model. A breach fails the test that caused it. Emulators in
 * child processes are out of its reach, so what tests of the built command see is not judged.
 */
vi.mock("../../runtime/rehearsal/services/drs/drs.js", async (importOriginal) => {
  const original =
    await importOriginal<typeof import("../../runtime/rehearsal/services/drs/drs.js")>();
  const { judged } = await import("./service-model/ledger.js");
  const createDrs: typeof original.createDrs = (options) =>
    judged("drs", original.createDrs(options));
  return { ...original, createDrs };
});

function refuseBreaches(): void {
  const breaches = takeBreaches(expect.getState().testPath ?? "");
  expect(breaches, "messages against a service's published model").toEqual([]);
}

afterEach(refuseBreaches);
afterAll(refuseBreaches);
