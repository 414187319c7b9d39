import { Command } from "commander";
import { capacityOf } from "../capacity/document.js";
import { renderCapacity } from "../capacity/render.js";
import { readSamples } from "../capacity/samples.js";
import { type Context, loadedEnvironment, printDocument } from "../context.js";
import { type ExitCode, exitCodes } from "../failure.js";
import { wantsColor } from "../io.js";
import { wholeNumber } from "../option-values.js";

interface CapacityOptions {
  readonly grow?: number;
  readonly samples?: string;
  readonly json?: boolean;
}

/** `aws-dr capacity`: how full the declared lanes stand, and how the estate can grow. */
export function capacityCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command("capacity")
    .description("show how full the lanes of an environment file stand, and how it can grow")
    .argument("<file>", "environment file (YAML)")
    .option("--grow <servers>", "servers that are to be added", wholeNumber)
    .option(
      "--samples <file>",
      "what `aws cloudwatch get-metric-data` printed of ReplicatingServers, labelled <account>/<Region>: tells on which day each lane is full",
    )
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      "\nExample:\n  $ aws-dr capacity examples/thousand-servers/environment.yaml --grow 500",
    )
    .action(async (file: string, options: CapacityOptions) => {
      end(await capacity(context, file, options));
    });
}

async function capacity(
  { io, tools }: Context,
  file: string,
  { grow, samples, json }: CapacityOptions,
): Promise<ExitCode> {
  const environment = await loadedEnvironment(tools, file);
  const document = capacityOf(environment, file, {
    ...(grow !== undefined && { growByServers: grow }),
    ...(samples !== undefined && { samples: readSamples(samples) }),
  });
  if (json) printDocument(io, document);
  else io.stdout(renderCapacity(document, { color: wantsColor(io) }));
  return exitCodes.done;
}
