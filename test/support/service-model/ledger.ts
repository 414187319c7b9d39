import type { EmulatedService } from "../../../runtime/rehearsal/services/service.js";
import { loadModel, type ServiceModel } from "./model.js";
import { type Breach, breachTold, watched } from "./watch.js";

const models = new Map<string, ServiceModel>();
const breaches: Breach[] = [];

/** Tests that send wrong requests on purpose, to see them refused. */
const wrongOnPurpose =
  /\/test\/(clients\/|rehearsal\/(services\/|emulator\/(every-operation|mutants)))/;

/** The service, every call of which is judged by the model of that name. Each model is read once. */
export function judged<Service extends EmulatedService>(name: string, service: Service): Service {
  const model = models.get(name) ?? loadModel(name);
  models.set(name, model);
  return watched(service, model, (breach) => breaches.push(breach));
}

/**
 * What was found since the last time, told once each. Wrong requests that were refused are left out
 * in tests that send them on purpose; one that was answered is told everywhere.
 */
export function takeBreaches(testPath: string): readonly string[] {
  const isMeant = ({ about, isRefused }: Breach): boolean =>
    about === "request" && isRefused && wrongOnPurpose.test(testPath);
  const told = breaches.splice(0).filter((breach) => !isMeant(breach));
  return [...new Set(told.map(breachTold))];
}
