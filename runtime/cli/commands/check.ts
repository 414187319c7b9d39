import { Command } from "commander";
import type { Environment } from "../../environment/schema.js";
import { checkEnvironment, renderCheck } from "../check/document.js";
import { type Context, loadedEnvironment, printDocument } from "../context.js";
import { type ExitCode, exitCodes } from "../failure.js";
import { wantsColor } from "../io.js";
import { programErrors } from "../program-errors.js";
import type { Tools } from "../tools.js";

interface CheckOptions {
  readonly json?: boolean;
}

/** `aws-dr check`: reads the file, weighs it against the quotas and its plans against their objectives. */
export function checkCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command("check")
    .description("check an environment file against the quotas of AWS and its own objectives")
    .argument("<file>", "environment file (YAML)")
    .option("--json", "print one JSON document")
    .addHelpText("after", "\nExample:\n  $ aws-dr check examples/thousand-servers/environment.yaml")
    .action(async (file: string, options: CheckOptions) => {
      end(await check(context, file, options));
    });
}

async function check(
  { io, tools }: Context,
  file: string,
  options: CheckOptions,
): Promise<ExitCode> {
  const environment = await loadedEnvironment(tools, file);
  const refusals = await componentRefusals(tools, environment, file);
  const document = checkEnvironment(environment, file, refusals);
  if (options.json) printDocument(io, withRefusal(document));
  else io.stdout(renderCheck(document, { color: wantsColor(io) }));
  return document.isRefused ? exitCodes.refused : exitCodes.done;
}

/**
 * What the components of cells refuse. Those of servers refuse nothing that the file's own checks
 * let pass, so a file without cells is checked without running its program.
 */
async function componentRefusals(
  tools: Tools,
  environment: Environment,
  file: string,
): Promise<readonly string[]> {
  if (environment.cells.length === 0) return [];
  const { messages } = await tools.preview(file, environment, []);
  return programErrors(messages);
}

/** A refused document says so as every other failure does, besides its tables. */
function withRefusal(document: ReturnType<typeof checkEnvironment>): object {
  if (!document.isRefused) return document;
  return {
    error: `${document.file} is refused`,
    problems: document.findings.filter(({ level }) => level === "refused"),
    ...document,
  };
}
