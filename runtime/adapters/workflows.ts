import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import type { Workflows } from "../core/ports.js";

export interface MachineArns {
  readonly recoverPlan: string;
  readonly recoverLane: string;
}

/** The two state machines of the hub. */
export function stepFunctions(client: SFNClient, arns: MachineArns): Workflows {
  return {
    async start(machine, name, input) {
      const stateMachineArn = machine === "recover-plan" ? arns.recoverPlan : arns.recoverLane;
      const command = new StartExecutionCommand({
        stateMachineArn,
        name,
        input: JSON.stringify(input),
      });
      await unless(client.send(command), ExecutionAlreadyExists);
    },
    async succeed(taskToken, output) {
      const command = new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) });
      await unless(client.send(command), TaskDoesNotExist, TaskTimedOut);
    },
    async heartbeat(taskToken) {
      const command = new SendTaskHeartbeatCommand({ taskToken });
      await unless(client.send(command), TaskDoesNotExist, TaskTimedOut);
    },
    async isRunning(name) {
      const executionArn = `${arns.recoverPlan.replace(":stateMachine:", ":execution:")}:${name}`;
      const found = await unless(
        client.send(new DescribeExecutionCommand({ executionArn })),
        ExecutionDoesNotExist,
      );
      return found?.status === "RUNNING" || found?.status === "PENDING_REDRIVE";
    },
  };
}

type ErrorClass = abstract new (...args: never[]) => Error;

/** Awaits a call; the named errors mean that what was asked for holds already, or cannot matter any more. */
async function unless<T>(
  call: Promise<T>,
  ...expected: readonly ErrorClass[]
): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (expected.some((one) => error instanceof one)) return undefined;
    throw error;
  }
}
