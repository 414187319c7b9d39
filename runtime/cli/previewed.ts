import type { Environment } from "../environment/schema.js";
import { type Context, loadedEnvironment } from "./context.js";
import { type Subject, titleOf } from "./project-options.js";
import type { PreviewedProgram } from "./tools.js";

/** A program that was run without AWS, and what documents call it. */
export interface Previewed {
  readonly title: string;
  /** The file or the project that it was read from. */
  readonly source: string;
  readonly program: PreviewedProgram;
  /** What the file declares; absent for a project of one's own. */
  readonly environment?: Environment;
}

/** Runs what a command was given and holds it against policy packs: this package's own where none are named. */
export async function previewed(
  { tools }: Context,
  { file, project }: Subject,
  packs: readonly string[] | undefined,
): Promise<Previewed> {
  if (file === undefined) {
    const title = titleOf(project);
    return { title, source: title, program: await tools.previewProject(project, packs) };
  }
  const environment = await loadedEnvironment(tools, file);
  const program = await tools.preview(file, environment, packs);
  return { title: environment.name, source: file, program, environment };
}
