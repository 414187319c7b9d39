import { SFNClient } from "@aws-sdk/client-sfn";
import { SNSClient } from "@aws-sdk/client-sns";
import { drsOfLane } from "../adapters/drs.js";
import { dynamoJournal } from "../adapters/journal.js";
import { snsNotifier } from "../adapters/notifier.js";
import { quotasOfLane } from "../adapters/quotas.js";
import { jsonLog, randomIds, systemClock } from "../adapters/system.js";
import { stepFunctions } from "../adapters/workflows.js";
import { executionHandler } from "../handlers/execution.js";
import { requiredEnv, wireSpokes, wireTables } from "./wiring.js";

const { executions, library } = wireTables();
const credentialsOf = wireSpokes();
const log = jsonLog(requiredEnv("AWS_LAMBDA_FUNCTION_NAME"));

export const handler = executionHandler({
  journal: dynamoJournal(executions, randomIds),
  library,
  drs: drsOfLane(credentialsOf),
  quotas: quotasOfLane(credentialsOf),
  workflows: stepFunctions(new SFNClient({}), {
    recoverPlan: requiredEnv("RECOVER_PLAN_ARN"),
    recoverLane: requiredEnv("RECOVER_LANE_ARN"),
  }),
  notifier: snsNotifier(new SNSClient({}), requiredEnv("NOTIFICATION_TOPIC_ARN"), log),
  clock: systemClock,
  newId: randomIds,
  random: Math.random,
  log,
  region: requiredEnv("AWS_REGION"),
});
