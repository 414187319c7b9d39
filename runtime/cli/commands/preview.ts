import { Command } from "commander";
import { type Context, loadedEnvironment, printDocument } from "../context.js";
import { type ExitCode, exitCodes } from "../failure.js";
import { wantsColor } from "../io.js";
import { previewDocument, renderPreview } from "../preview/document.js";

interface PreviewOptions {
  readonly json?: boolean;
}

/** `aws-dr preview`: runs the program without AWS and holds what it registers against the policies. */
export function previewCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command("preview")
    .description("show what the environment would deploy, and what the policies say to it")
    .argument("<file>", "environment file (YAML)")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      "\nExample:\n  $ aws-dr preview examples/thousand-servers/environment.yaml",
    )
    .action(async (file: string, options: PreviewOptions) => {
      end(await preview(context, file, options));
    });
}

async function preview(
  { io, tools }: Context,
  file: string,
  options: PreviewOptions,
): Promise<ExitCode> {
  const environment = await loadedEnvironment(tools, file);
  const document = previewDocument(environment.name, file, await tools.preview(file, environment));
  if (options.json) printDocument(io, document);
  else io.stdout(renderPreview(document, { color: wantsColor(io) }));
  return document.isRefused ? exitCodes.refused : exitCodes.done;
}
