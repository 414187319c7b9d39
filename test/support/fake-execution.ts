import type { Execution } from "../../runtime/rehearsal/states-language/index.js";
import { recoverLaneDefinition, recoverPlanDefinition } from "../../runtime/workflows/index.js";
import { createBench, functionArn, type Payload, type StatesBench } from "./states-bench.js";

/** What a test makes of an operation. Answering `undefined` leaves it to the plain function. */
export type Override = (request: Payload, world: MachineWorld) => unknown;

export interface WorldSettings {
  readonly lanes: readonly string[];
  /** Answers of a lane's turns, one after another; then it has ended. */
  readonly turns?: readonly Payload[];
  readonly cleanUp?: boolean;
  /** By operation. */
  readonly on?: Readonly<Record<string, Override>>;
}

/** Both machines of the product over a stand-in for the execution function. */
export interface MachineWorld {
  readonly bench: StatesBench;
  /** Operations in the order they came, with what tells them apart: `begin-lane 1/r recover`. */
  readonly log: readonly string[];
  /** The token that a lane's `begin-lane` or `hold-lane` last left. */
  readonly tokens: ReadonlyMap<string, string>;
  /** Runs a plan's machine to its end. */
  run(begin?: "recovery" | "clean-up"): Promise<Execution>;
  /** Starts a plan's machine. */
  start(begin?: "recovery" | "clean-up"): string;
  /** Starts a part of a lane's machine. */
  startLane(lane: string, part: number): string;
  succeed(token: string | undefined): Promise<unknown>;
}

export function createMachineWorld(settings: WorldSettings): MachineWorld {
  const log: string[] = [];
  const tokens = new Map<string, string>();
  const parts = new Map<string, number>();
  const taken = new Map<string, number>();
  const bench = createBench({ fake: execution });
  const plan = bench.machine(
    "dr-shop-recover-plan",
    recoverPlanDefinition({ executionFunctionArn: functionArn, laneCount: settings.lanes.length }),
  );
  const lanes = bench.machine(
    "dr-shop-recover-lane",
    recoverLaneDefinition({ executionFunctionArn: functionArn }),
  );

  async function execution(request: Payload): Promise<unknown> {
    const { operation, lane, phase, part } = request;
    log.push([operation, lane, phase, part].filter((word) => word !== undefined).join(" "));
    const special = await settings.on?.[String(operation)]?.(request, world);
    return special ?? plainly(request);
  }

  async function plainly(request: Payload): Promise<unknown> {
    const lane = String(request.lane);
    switch (request.operation) {
      case "prepare":
        return { lanes: settings.lanes };
      case "begin-lane": {
        tokens.set(`lane ${lane}`, String(request.taskToken));
        taken.set(lane, 0);
        const part = (parts.get(lane) ?? 0) + 1;
        parts.set(lane, part);
        world.startLane(lane, part);
        return {};
      }
      case "advance":
        return advance(lane);
      case "hold-lane":
        tokens.set(`hold ${lane}`, String(request.taskToken));
        return {};
      case "hand-over":
        parts.set(lane, Number(request.part) + 1);
        world.startLane(lane, Number(request.part) + 1);
        return {};
      case "finish-recovery":
        return { cleanUp: settings.cleanUp ?? false };
      case "finish":
        return { outcome: "succeeded" };
      default:
        return {};
    }
  }

  async function advance(lane: string): Promise<Payload> {
    const turn = taken.get(lane) ?? 0;
    taken.set(lane, turn + 1);
    const answer = settings.turns?.[turn];
    if (answer !== undefined) return answer;
    const token = tokens.get(`lane ${lane}`);
    if (token !== undefined) await world.succeed(token);
    return { next: "ended" };
  }

  const world: MachineWorld = {
    bench,
    log,
    tokens,
    run: (begin = "recovery") => bench.run(plan, { executionId: "e", begin }, "e"),
    start: (begin = "recovery") => {
      const input = JSON.stringify({ executionId: "e", begin });
      return bench.states.start(plan, "e", input).executionArn;
    },
    startLane: (lane, part) => {
      const input = JSON.stringify({ executionId: "e", lane, part });
      return bench.states.start(lanes, `e-${lane.replace("/", "-")}-${part}`, input).executionArn;
    },
    succeed: (token) => bench.call("SendTaskSuccess", { taskToken: token, output: "{}" }),
  };
  return world;
}
