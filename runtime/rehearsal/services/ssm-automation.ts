import { type Instant, plusSeconds } from "../../core/instant.js";
import type { Clock } from "../../core/ports.js";
import { fractionOf, hexOf } from "./hashing.js";
import { jsonInput, jsonOperation, jsonRefusal, jsonReply } from "./json-protocol.js";
import type { EmulatedService, ServiceReply, ServiceRequest } from "./service.js";

/** How long an automation takes here. */
const automationSeconds = 30;

/** Source: AWS Systems Manager API Reference, StartAutomationExecution. ARNs are left out. */
const documentName = /^[\w.-]{3,128}$/;

interface Automation {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly document: string;
  readonly parameters: unknown;
  readonly by: string;
  readonly startedAt: Instant;
  readonly endsAt: Instant;
}

/**
 * Automations of Systems Manager as far as orchestrators wait for them: any document can be started,
 * runs nothing, and succeeds half a minute later.
 */
export function createSsmAutomation(clock: Clock): EmulatedService {
  const automations: Automation[] = [];

  function seenBy({ principal, region }: ServiceRequest): readonly Automation[] {
    const { account } = principal;
    return automations.filter((one) => one.account === account && one.region === region);
  }

  function start(request: ServiceRequest): ServiceReply {
    const { DocumentName: document } = jsonInput(request);
    if (typeof document !== "string" || !documentName.test(document)) {
      const message = `DocumentName must match ${documentName.source}, got ${JSON.stringify(document)}`;
      return jsonRefusal(400, "ValidationException", message);
    }
    const automation = newAutomation(request, document, clock.now(), automations.length);
    automations.push(automation);
    return jsonReply({ AutomationExecutionId: automation.id });
  }

  function get(request: ServiceRequest): ServiceReply {
    const { AutomationExecutionId: id } = jsonInput(request);
    const found = seenBy(request).find((one) => one.id === id);
    if (found) return jsonReply({ AutomationExecution: toldWhole(found, clock.now()) });
    const message = `Automation execution ${String(id)} does not exist`;
    return jsonRefusal(400, "AutomationExecutionNotFoundException", message);
  }

  function describe(request: ServiceRequest): ServiceReply {
    const ids = wantedIds(jsonInput(request));
    if (!ids) return jsonRefusal(501, "NotEmulated", "Filters must have the key ExecutionId.");
    const found = seenBy(request).filter(({ id }) => ids.length === 0 || ids.includes(id));
    const list = found.map((one) => told(one, clock.now())).reverse();
    return jsonReply({ AutomationExecutionMetadataList: list });
  }

  const operations = new Map([
    ["StartAutomationExecution", start],
    ["GetAutomationExecution", get],
    ["DescribeAutomationExecutions", describe],
  ]);
  return {
    signingNames: ["ssm"],
    operationOf: jsonOperation,
    rightsOf: (request) => [
      { action: `ssm:${jsonOperation(request)}`, resources: ["*"], context: {} },
    ],
    async answer(request) {
      const name = jsonOperation(request);
      const message = `Operation must be an emulated one, got "${name}".`;
      return operations.get(name)?.(request) ?? jsonRefusal(501, "NotEmulated", message);
    },
    denied: (_request, message) => jsonRefusal(400, "AccessDeniedException", message),
  };
}

function newAutomation(
  request: ServiceRequest,
  document: string,
  now: Instant,
  count: number,
): Automation {
  const { principal, region } = request;
  const digits = hexOf("automation", principal.account, region, count);
  const id = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
  const startedAt = plusSeconds(now, 0.001 + 0.5 * fractionOf(id)); // never on a whole second, nor in AWS
  return {
    id,
    account: principal.account,
    region,
    document,
    parameters: jsonInput(request).Parameters ?? {},
    by: principal.arn,
    startedAt,
    endsAt: plusSeconds(startedAt, automationSeconds + fractionOf(id, "end")),
  };
}

/** With what only the reading of one automation shows: its parameters, where it has any. */
function toldWhole(automation: Automation, now: Instant) {
  const { parameters } = automation;
  const hasAny = Object.keys(Object(parameters)).length > 0;
  return { ...told(automation, now), ...(hasAny && { Parameters: parameters }) };
}

/** Times are seconds of the epoch, as the protocol has them. */
function told(automation: Automation, now: Instant) {
  const { id, document, by, startedAt, endsAt } = automation;
  const hasEnded = now >= endsAt;
  return {
    AutomationExecutionId: id,
    DocumentName: document,
    DocumentVersion: "1",
    AutomationExecutionStatus: hasEnded ? "Success" : "InProgress",
    ExecutionStartTime: startedAt / 1_000,
    ...(hasEnded && { ExecutionEndTime: endsAt / 1_000 }),
    ExecutedBy: by,
    Mode: "Auto",
  };
}

/** Ids that a call asks for, none for all; nothing where it filters by anything else. */
function wantedIds({ Filters: filters }: Readonly<Record<string, unknown>>) {
  if (!Array.isArray(filters)) return [];
  if (filters.some((one) => Object(one).Key !== "ExecutionId")) return undefined;
  return filters.flatMap((one): readonly unknown[] => Object(one).Values ?? []);
}
