import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { orders } from "../../support/cells.js";
import { changes } from "./preview.js";
import { type Project, projectOf } from "./project.js";
import type { PulumiCli } from "./pulumi-cli.js";

/** A stack of components of a cell: deployed, failed over behind its back, deployed again. */
export interface CellStack extends Project {
  /** Puts another declaration in the program's place. */
  readonly declare: (declaration: string) => void;
  /** Runs a command that must end well, and returns what it printed. */
  readonly succeed: (...command: readonly string[]) => Promise<string>;
  /** What a deployment would change after the state was read again from the world. */
  readonly changesAfterRefresh: () => Promise<readonly string[]>;
}

/** Deploys a declaration that may use `cell`, `opts` and everything that this package exports, as `dr`. */
export async function deployedCell(cli: PulumiCli, declaration: string): Promise<CellStack> {
  const project = await projectOf(cli, programOf(declaration));
  const succeed = async (...command: readonly string[]) => {
    const { code, printed } = await project.pulumi(...command);
    expect(code, printed).toBe(0);
    return printed;
  };
  await succeed("stack", "init", "test");
  await succeed("up", "--yes", "--skip-preview");
  return {
    ...project,
    succeed,
    declare: (next) => writeFileSync(join(project.folder, "index.js"), programOf(next)),
    changesAfterRefresh: async () => {
      await succeed("refresh", "--yes");
      return changes(project);
    },
  };
}

function programOf(declaration: string): string {
  return `
import * as aws from "@pulumi/aws";
import * as dr from "pulumi-aws-dr";

const cell = ${JSON.stringify(orders)};
const provider = new aws.Provider("cell", { region: cell.regions.primary, allowedAccountIds: [cell.account] });
const opts = { provider };
${declaration}
`;
}
