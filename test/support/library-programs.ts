import { fencedBlocks } from "../../scripts/docs/fenced-blocks.js";

const page = "docs/library.md";

/** The three programs of `docs/library.md`, whole. */
export interface LibraryPrograms {
  readonly platform: string;
  readonly team: string;
  readonly pack: string;
}

export function libraryPrograms(): LibraryPrograms {
  const [platform, team, pack, ...others] = fencedBlocks(page, "ts");
  if (platform === undefined || team === undefined || pack === undefined || others.length > 0) {
    throw new Error("docs/library.md must hold three programs.");
  }
  return { platform, team, pack };
}

/** The fleet file of `docs/library.md`. */
export function libraryFleet(): string {
  const [fleet] = fencedBlocks(page, "yaml");
  if (fleet === undefined) throw new Error("docs/library.md must hold a fleet file.");
  return fleet;
}

/** What `pulumi stack output --json` prints of the platform's stack, as far as the team's reads it. */
export const platformOutputs = {
  hub: {
    environment: "prod",
    homeRegion: "eu-west-1",
    groupsTable: "dr-prod-protection-groups",
    plansTable: "dr-prod-recovery-plans",
    executionFunctionArn: "arn:aws:lambda:eu-west-1:111111111111:function:dr-prod-execution",
    scheduleGroup: "dr-prod",
    schedulesRoleArn: "arn:aws:iam::111111111111:role/dr-prod-schedules",
  },
};

export const platformStack = "acme/dr-platform/prod";
