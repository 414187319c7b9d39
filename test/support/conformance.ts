import { afterAll, afterEach, expect, vi } from "vitest";
import { breachesOfChildren } from "./service-model/child.js";
import { takenBreaches, toldBreaches } from "./service-model/ledger.js";

/*
 * Installed in every test: each reply of an emulated service, and each request that reaches one, is
 * judged by the service's published model, at the gateway (where faults answer too) and where tests
 * ask a service without one; commands that tests start judge themselves. A breach fails the test
 * that caused it.
 */
vi.mock("../../runtime/rehearsal/services/gateway.js", async (importOriginal) => {
  const original =
    await importOriginal<typeof import("../../runtime/rehearsal/services/gateway.js")>();
  const { judgedGateway } = await import("./service-model/ledger.js");
  const startGateway: typeof original.startGateway = (options) =>
    original.startGateway(judgedGateway(options));
  const gatewayListener: typeof original.gatewayListener = (options) =>
    original.gatewayListener(judgedGateway(options));
  return { ...original, startGateway, gatewayListener };
});

vi.mock("../../runtime/rehearsal/services/drs/drs.js", async (importOriginal) => {
  const original =
    await importOriginal<typeof import("../../runtime/rehearsal/services/drs/drs.js")>();
  const { judged } = await import("./service-model/ledger.js");
  const createDrs: typeof original.createDrs = (options) => judged(original.createDrs(options));
  return { ...original, createDrs };
});

vi.mock("../../runtime/rehearsal/states-language/states.js", async (importOriginal) => {
  const original =
    await importOriginal<typeof import("../../runtime/rehearsal/states-language/states.js")>();
  const { judged } = await import("./service-model/ledger.js");
  const createStates: typeof original.createStates = (settings) => {
    const states = original.createStates(settings);
    return { ...states, service: judged(states.service) };
  };
  return { ...original, createStates };
});

vi.mock("../../runtime/rehearsal/tables.js", async (importOriginal) => {
  const original = await importOriginal<typeof import("../../runtime/rehearsal/tables.js")>();
  const { judged } = await import("./service-model/ledger.js");
  const createTables: typeof original.createTables = async (resources) => {
    const tables = await original.createTables(resources);
    return { ...tables, service: judged(tables.service) };
  };
  return { ...original, createTables };
});

function refuseBreaches(): void {
  const found = [...takenBreaches(), ...breachesOfChildren()];
  const breaches = toldBreaches(found, expect.getState().testPath ?? "");
  expect(breaches, "messages against a service's published model").toEqual([]);
}

afterEach(refuseBreaches);
afterAll(refuseBreaches);
