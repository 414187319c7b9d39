import { Command, InvalidArgumentError, Option } from "commander";
import type { ClockChoice } from "../../rehearsal/emulator/world.js";
import type { Context } from "../context.js";
import { CommandFailure, type ExitCode, exitCodes } from "../failure.js";
import { wholeNumber } from "../option-values.js";
import type { EmulationRequest, RunningEmulation } from "../tools.js";

interface EmulateOptions {
  readonly fleet: string;
  readonly port: number;
  readonly host: string;
  readonly seed: number;
  readonly clock: "real" | "virtual";
  readonly speed?: number;
  readonly autoAdvance?: number;
  readonly startAt?: number;
  readonly account?: string;
  readonly json?: boolean;
}

const example = `
Example:
  $ aws-dr emulate --fleet examples/emulated-fleet/fleet.yaml --clock virtual`;

/** `aws-dr emulate`: an endpoint of AWS on this machine, until it is interrupted. */
export function emulateCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command("emulate")
    .description("emulate DRS, STS, Service Quotas and SNS on a local port, for any client of AWS")
    .requiredOption("--fleet <file>", "what replicates: a fleet file or an environment file")
    .option("--port <number>", "port to listen on; 0 takes any free one", portNumber, 4600)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--seed <number>", "same seed, same ids and durations", wholeNumber, 1)
    .addOption(
      new Option("--clock <kind>", "time that runs, or that stands until it is moved")
        .choices(["real", "virtual"])
        .default("real"),
    )
    .option("--speed <number>", "emulated seconds in a second of the real clock", speedNumber)
    .option(
      "--auto-advance <seconds>",
      "by which each read of DRS moves the virtual clock",
      wholeNumber,
    )
    .option("--start-at <time>", "emulated time at the start; now where absent", moment)
    .option(
      "--account <id>",
      "account of keys that STS did not issue; the first lane's where absent",
      accountId,
    )
    .option("--json", "print one line of JSON when ready")
    .addHelpText("after", example)
    .action(async (options: EmulateOptions) => {
      end(await emulate(context, options));
    });
}

async function emulate({ io, tools }: Context, options: EmulateOptions): Promise<ExitCode> {
  const emulation = await tools.emulate(requestOf(options));
  const interrupted = tools.untilInterrupted();
  io.stdout(options.json ? readyLine(emulation) : exportLine(emulation));
  await interrupted;
  await emulation.close();
  return exitCodes.done;
}

/** A line for a shell that says all there is to know. */
function exportLine({ variables, summary }: RunningEmulation): string {
  const pairs = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return `export ${pairs.join(" ")} # ${summary}\n`;
}

function readyLine({ url, control, account, variables }: RunningEmulation): string {
  const document = { schemaVersion: 1, endpoint: url, control, account, variables };
  return `${JSON.stringify(document)}\n`;
}

function requestOf(options: EmulateOptions): EmulationRequest {
  const { fleet, port, host, seed, startAt, account } = options;
  return {
    fleetFile: fleet,
    port,
    host,
    seed,
    clock: clockOf(options),
    ...(startAt !== undefined && { startAtMs: startAt }),
    ...(account !== undefined && { account }),
  };
}

function clockOf({ clock: kind, speed, autoAdvance }: EmulateOptions): ClockChoice {
  if (kind === "virtual") {
    if (speed !== undefined) throw misplaced("--speed", "real", "Use --auto-advance, or move it.");
    return { kind, secondsPerRead: autoAdvance ?? 0 };
  }
  if (autoAdvance !== undefined) throw misplaced("--auto-advance", "virtual", "Use --speed.");
  return { kind, speed: speed ?? 1 };
}

function misplaced(option: string, kind: ClockChoice["kind"], remedy: string): CommandFailure {
  const message = `${option} must be given with --clock ${kind} alone. ${remedy}`;
  return new CommandFailure(exitCodes.wrongUse, message);
}

function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port <= 65_535) return port;
  throw new InvalidArgumentError("It must be a port, 0 to 65535.");
}

const highestSpeed = 100_000;

function speedNumber(text: string): number {
  const speed = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && speed > 0 && speed <= highestSpeed) return speed;
  throw new InvalidArgumentError(`It must be a number above 0, at most ${highestSpeed}.`);
}

/** Milliseconds since 1970 of a moment that says its offset from UTC. */
function moment(text: string): number {
  const parsed = Date.parse(text);
  const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  if (isWhole && !Number.isNaN(parsed)) return parsed;
  throw new InvalidArgumentError('It must be a moment, as in "2026-01-24T02:00:00Z".');
}

function accountId(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError("It must be the 12 digits of an AWS account.");
}
