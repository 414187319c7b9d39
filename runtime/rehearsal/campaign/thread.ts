import { parentPort, workerData } from "node:worker_threads";
import type { RehearsalCase } from "./case.js";
import { type Estate, runCase } from "./run-case.js";

/** The program of a thread: rehearses the cases that it is sent, of the estate that it was started with. */
const estate = workerData as Estate;

parentPort?.on("message", (one: RehearsalCase) => {
  void runCase(estate, one).then((result) => parentPort?.postMessage(result));
});
