import type { Path } from "../path.js";
import type { Finding } from "../problem.js";
import type { CellDeclaration } from "../schema.js";
import type { Part } from "../sound.js";
import { found } from "./found.js";

/**
 * What makes a cell another strategy than it says. Source: AWS whitepaper "Disaster Recovery of
 * Workloads on AWS", disaster recovery options in the cloud.
 */
export function cellStrategies({ at, value }: Part<CellDeclaration>): readonly Finding[] {
  return [...certified(at, value), ...byStrategy[value.strategy](at, value)];
}

type Check = (at: Path, cell: CellDeclaration) => readonly Finding[];

const byStrategy: Readonly<Record<CellDeclaration["strategy"], Check>> = {
  "backup-and-restore": (at, { backups, clusters, services }) => [
    ...(backups === undefined
      ? [
          found(
            [...at, "backups"],
            "given for backup-and-restore",
            "nothing",
            "Say what is backed up.",
          ),
        ]
      : []),
    ...(clusters.length > 0
      ? [found([...at, "clusters"], "empty for backup-and-restore", "a list", standsIn)]
      : []),
    ...services.flatMap(({ tasks }, index) =>
      tasks.recovery === undefined
        ? []
        : [
            found(
              [...at, "services", index, "tasks", "recovery"],
              "absent for backup-and-restore",
              "a mapping",
              standsIn,
            ),
          ],
    ),
  ],
  "pilot-light": ready,
  "warm-standby": (at, cell) => [
    ...ready(at, cell),
    ...cell.auroraDatabases.flatMap(({ headless }, index) =>
      headless
        ? [
            found(
              [...at, "auroraDatabases", index, "headless"],
              "false for warm-standby",
              "true",
              "Give the recovery Region instances, or call it a pilot light.",
            ),
          ]
        : [],
    ),
  ],
  "active-active": (at, cell) => [
    ...ready(at, cell),
    ...(cell.traffic?.routing === "latency"
      ? []
      : [
          found(
            [...at, "traffic", "routing"],
            '"latency" for active-active',
            cell.traffic === undefined ? "nothing" : `"${cell.traffic.routing}"`,
            "Both Regions serve only when clients go to the nearer one.",
          ),
        ]),
  ],
};

const standsIn =
  "What runs in the recovery Region makes it a pilot light or more: say so, or leave it out.";

/** Every service stands in both Regions. */
function ready(at: Path, { strategy, services }: CellDeclaration): readonly Finding[] {
  return services.flatMap(({ tasks }, index) =>
    tasks.recovery === undefined
      ? [
          found(
            [...at, "services", index, "tasks", "recovery"],
            `given for ${strategy}`,
            "nothing",
            "Say how many tasks the recovery Region keeps, or call it backup-and-restore.",
          ),
        ]
      : [],
  );
}

/** A load balancer has a certificate of its own Region. */
function certified(at: Path, { services, regions }: CellDeclaration): readonly Finding[] {
  return services.flatMap(({ certificates, tasks }, index) =>
    (["primary", "recovery"] as const).flatMap((side) => {
      const arn = certificates[side];
      const path = [...at, "services", index, "certificates", side];
      if (arn === undefined) {
        return tasks[side] === undefined
          ? []
          : [found(path, "given where tasks run", "nothing", "Name a certificate of that Region.")];
      }
      const region = arn.split(":")[3] ?? "";
      if (region === regions[side]) return [];
      const rule = `a certificate in "${regions[side]}"`;
      return [
        found(path, rule, `one in "${region}"`, "A load balancer takes none of another Region."),
      ];
    }),
  );
}
