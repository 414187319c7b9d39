import { type Assessments, byUse, due, type Finding } from "../finding.js";
import { standing } from "../prices/services.js";
import type { Reading } from "../resources.js";

interface Lane {
  readonly region?: unknown;
  readonly declaredServers?: unknown;
}

/** The replicating servers that an account declares. */
export const replicationAssessments: Assessments = {
  "aws-dr:recovery:SpokeAccount": lanes,
};

function lanes(reading: Reading): readonly Finding[] {
  const declared = reading.list("lanes") as readonly Lane[];
  return declared.flatMap(({ region, declaredServers }) => {
    const at = typeof region === "string" ? { region } : {};
    const isKnown = typeof declaredServers === "number" && typeof region === "string";
    const price = isKnown ? standing.replicatingServer : undefined;
    const servers = isKnown ? declaredServers : 1;
    return [
      due("DRS", "replicating servers", price, servers, at),
      byUse("DRS", "replication servers, staging disks and their snapshots", undefined, at),
      byUse("DRS", "recovery instances of drills and recoveries", undefined, at),
    ];
  });
}
