import { drsQuotas } from "../../limits.js";
import type { Command, SectionVariable } from "../model.js";
import type { ServerOutputs } from "../outputs/schema.js";
import { variable } from "../words.js";

export const servers = variable("SERVERS");
export const job = variable("JOB");

export const serversVariable: SectionVariable = {
  name: servers.variable,
  meaning: `servers of one wave in one lane, ${drsQuotas.serversPerJob.value} at most, as a list in JSON; another for each lane`,
  example: '[{"sourceServerID":"s-11111111111111111"}]',
};

export const jobVariable: SectionVariable = {
  name: job.variable,
  meaning: "id of the job that StartRecovery answered; another for each lane",
  example: "drsjob-11111111111111111",
};

/** Where a lane's calls go, and what they are said to be for. */
export interface LanePlace {
  readonly account: string;
  readonly region: string;
  readonly note: string;
}

/** The commands of every lane, one lane after the other. */
export function perLane(
  { spokes }: ServerOutputs,
  make: (at: LanePlace) => readonly Command[],
): readonly Command[] {
  return spokes.flatMap(({ account, name, lanes }) =>
    lanes.flatMap(({ region }) => make({ account, region, note: `lane ${name}, ${region}` })),
  );
}
