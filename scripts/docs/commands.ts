import type { Command } from "commander";
import { campaignCommand } from "../../runtime/cli/commands/campaign.js";
import { capacityCommand } from "../../runtime/cli/commands/capacity.js";
import { checkCommand } from "../../runtime/cli/commands/check.js";
import { costCommand } from "../../runtime/cli/commands/cost.js";
import { diagramCommand } from "../../runtime/cli/commands/diagram.js";
import { emulateCommand } from "../../runtime/cli/commands/emulate.js";
import { previewCommand } from "../../runtime/cli/commands/preview.js";
import { rehearseCommand } from "../../runtime/cli/commands/rehearse.js";
import { runbookCommand } from "../../runtime/cli/commands/runbook.js";
import { processIo } from "../../runtime/cli/io.js";
import { realTools } from "../../runtime/cli/real-tools.js";
import { code, markdownTable } from "./markdown.js";

/** The commands of `aws-dr`, defined but not run. */
function commands(): readonly Command[] {
  const context = { io: processIo(), tools: realTools };
  const end = () => undefined;
  return [
    checkCommand,
    capacityCommand,
    costCommand,
    previewCommand,
    diagramCommand,
    rehearseCommand,
    campaignCommand,
    emulateCommand,
    runbookCommand,
  ].map((define) => define(context, end));
}

/** One line a command. */
export function commandsTable(): string {
  const rows = commands().map((command) => [
    code(`aws-dr ${command.name()} ${command.usage()}`),
    command.description(),
  ]);
  return markdownTable(["command", "what it does"], rows);
}

/** The arguments and options of one command. */
export function optionsTable(name: string): string {
  const command = commands().find((one) => one.name() === name);
  if (!command) throw new Error(`command of a generated region must exist, got "${name}".`);
  const taken = command.registeredArguments.map((argument) => [
    code(argument.required ? `<${argument.name()}>` : `[${argument.name()}]`),
    argument.description,
    argument.required ? "required" : "",
  ]);
  const options = command.options.map(({ flags, description, defaultValue, argChoices }) => [
    code(flags),
    argChoices ? `${description}: ${argChoices.join(", ")}` : description,
    defaultValue === undefined ? "" : code(String(defaultValue)),
  ]);
  return markdownTable(["argument or option", "what it says", "default"], [...taken, ...options]);
}
