import { Command, CommanderError } from "commander";
import { campaignCommand } from "./commands/campaign.js";
import { capacityCommand } from "./commands/capacity.js";
import { checkCommand } from "./commands/check.js";
import { costCommand } from "./commands/cost.js";
import { diagramCommand } from "./commands/diagram.js";
import { emulateCommand } from "./commands/emulate.js";
import { previewCommand } from "./commands/preview.js";
import { rehearseCommand } from "./commands/rehearse.js";
import { runbookCommand } from "./commands/runbook.js";
import { type Context, printDocument } from "./context.js";
import {
  CommandFailure,
  type ExitCode,
  exitCodes,
  failureDocument,
  failureText,
} from "./failure.js";
import type { Io } from "./io.js";
import type { Tools } from "./tools.js";
import { packageVersion } from "./version.js";

const example = `
Example:
  $ aws-dr check examples/thousand-servers/environment.yaml

Exit codes: 0 done, 1 refused or failed, 2 wrong use. DR_DEBUG=1 shows stack traces.`;

/**
 * Runs one command line, without the name of the program, and answers its exit code. Never throws,
 * never ends the process; with `--json` it writes exactly one document to stdout.
 */
export async function run(argv: readonly string[], io: Io, tools: Tools): Promise<ExitCode> {
  const isJson = argv.includes("--json");
  let code: ExitCode = exitCodes.done;
  const program = programOf({ io, tools }, isJson, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    return told(error, isJson, io);
  }
}

function programOf(context: Context, isJson: boolean, end: (code: ExitCode) => void): Command {
  const program = new Command("aws-dr")
    .description("Disaster recovery for AWS: check it, preview it, rehearse it on this machine.")
    .version(packageVersion())
    .helpCommand(false)
    .addHelpText("after", example);
  const commands = [
    checkCommand(context, end),
    capacityCommand(context, end),
    costCommand(context, end),
    previewCommand(context, end),
    diagramCommand(context, end),
    rehearseCommand(context, end),
    campaignCommand(context, end),
    emulateCommand(context, end),
    runbookCommand(context, end),
  ];
  for (const command of [program, ...commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => context.io.stdout(text),
      writeErr: (text) => (isJson ? undefined : context.io.stderr(text)),
      outputError: (text, write) => write(text.replace(/^error: /, "aws-dr: ")),
    });
  }
  for (const command of commands) program.addCommand(command);
  return program;
}

function told(error: unknown, isJson: boolean, io: Io): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done;
    if (isJson) printDocument(io, failureDocument(wrongUseOf(error)));
    return exitCodes.wrongUse;
  }
  if (isJson) printDocument(io, failureDocument(error));
  else io.stderr(failureText(error, isSet(io.variables.DR_DEBUG)));
  return error instanceof CommandFailure ? error.exitCode : exitCodes.refused;
}

function wrongUseOf({ code, message }: CommanderError): Error {
  return new Error(
    code === "commander.help" ? "a command is needed" : message.replace(/^error: /, ""),
  );
}

function isSet(variable: string | undefined): boolean {
  return variable !== undefined && variable !== "" && variable !== "0";
}
