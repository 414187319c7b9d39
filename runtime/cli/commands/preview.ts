import { Command } from "commander";
import { type Context, printDocument } from "../context.js";
import { type ExitCode, exitCodes } from "../failure.js";
import { wantsColor } from "../io.js";
import { previewDocument, renderPreview } from "../preview/document.js";
import { previewed } from "../previewed.js";
import {
  type ProjectOptions,
  type Subject,
  subjectOf,
  withProjectOptions,
} from "../project-options.js";

interface PreviewOptions extends ProjectOptions {
  readonly policyPack?: readonly string[];
  readonly json?: boolean;
}

/** `aws-dr preview`: runs the program without AWS and holds what it registers against the policies. */
export function previewCommand(context: Context, end: (code: ExitCode) => void): Command {
  const command = new Command("preview")
    .description("show what would be deployed, and what the policies say to it")
    .argument("[file]", "environment file (YAML)");
  return withProjectOptions(command)
    .option(
      "--policy-pack <folder>",
      "policy pack to hold it against, instead of this package's own; may be repeated",
      (folder: string, before: readonly string[] = []) => [...before, folder],
    )
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      "\nExamples:\n  $ aws-dr preview examples/thousand-servers/environment.yaml\n  $ aws-dr preview --program .",
    )
    .action(async (file: string | undefined, options: PreviewOptions) => {
      end(await preview(context, subjectOf(file, options), options));
    });
}

async function preview(
  context: Context,
  subject: Subject,
  { policyPack, json }: PreviewOptions,
): Promise<ExitCode> {
  const { io } = context;
  const { title, source, program } = await previewed(context, subject, policyPack);
  const document = previewDocument(title, source, program);
  if (json) printDocument(io, document);
  else io.stdout(renderPreview(document, { color: wantsColor(io) }));
  return document.isRefused ? exitCodes.refused : exitCodes.done;
}
