import type { GatewayOptions } from "../../../runtime/rehearsal/services/gateway.js";
import type {
  EmulatedService,
  ServiceReply,
  ServiceRequest,
} from "../../../runtime/rehearsal/services/service.js";
import { loadModel, type ServiceModel } from "./model.js";
import { type Breach, breachesOf, breachTold } from "./watch.js";

/** Models of `test/models` by the signing name of their service: all that an emulator answers. */
const modelNames: Readonly<Record<string, string>> = {
  drs: "drs",
  dynamodb: "dynamodb",
  ec2: "ec2",
  servicequotas: "service-quotas",
  sns: "sns",
  ssm: "ssm",
  states: "states",
  sts: "sts",
};

const models = new Map<string, ServiceModel>();
const breaches: Breach[] = [];

/** Replies that were judged where they were made, or are not to be, so that a gateway passes them over. */
const seen = new WeakSet<ServiceReply>();

/** Tests that send wrong requests on purpose, to see them refused. */
const wrongOnPurpose =
  /\/test\/(adapters\/stores|clients\/|rehearsal\/(services\/|states-language\/service-api|emulator\/(every-operation|mutants|neighbours)))/;

/** What of a request its model and its operation are found by. */
export type Asked = Pick<
  ServiceRequest,
  "service" | "method" | "path" | "query" | "headers" | "body"
>;

/** Judges a call by the model of its service, once. Services without a model are not emulated. */
export function judge(request: Asked, reply: ServiceReply): void {
  const name = modelNames[request.service];
  if (name === undefined || seen.has(reply)) return;
  seen.add(reply);
  const model = models.get(name) ?? loadModel(name);
  models.set(name, model);
  breaches.push(...breachesOf(model, request, reply));
}

/** The reply of somebody else's emulator: how it keeps to the model is not ours to mend. */
export function notOurs(reply: ServiceReply): ServiceReply {
  seen.add(reply);
  return reply;
}

/** The service, every answer of which is judged. */
export function judged<Service extends EmulatedService>(service: Service): Service {
  const told = (request: ServiceRequest, reply: ServiceReply): ServiceReply => {
    judge(request, reply);
    return reply;
  };
  return {
    ...service,
    answer: async (request) => told(request, await service.answer(request)),
    denied: (request, message) => told(request, service.denied(request, message)),
  };
}

/** The gateway, every reply of which is judged: those of faults too, which no service made. */
export function judgedGateway(
  options: GatewayOptions,
  onJudged: () => void = () => undefined,
): GatewayOptions {
  return {
    ...options,
    trace: (request, reply) => {
      judge(request, reply);
      onJudged();
      options.trace?.(request, reply);
    },
  };
}

/** What was found since the last time. */
export function takenBreaches(): readonly Breach[] {
  return breaches.splice(0);
}

/**
 * What was found, told once each. Wrong requests that were refused are left out
 * in tests that send them on purpose; one that was answered is told everywhere.
 */
export function toldBreaches(found: readonly Breach[], testPath: string): readonly string[] {
  const isOnPurpose = wrongOnPurpose.test(testPath);
  const told = found.filter((breach) => !(isOnPurpose && isMeant(breach)));
  return [...new Set(told.map(breachTold))];
}

/** DRS is emulated whole. Of its neighbours a part is, and they overlook members of no shape. */
function isMeant({ about, service, violation: { rule }, isRefused }: Breach): boolean {
  const isNeighbour = service !== "drs";
  if (about === "reply") return isNeighbour && rule === "not-emulated";
  return isRefused || (isNeighbour && rule === "unknown-member");
}
