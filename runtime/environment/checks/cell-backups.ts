import type { Finding } from "../problem.js";
import type { CellDeclaration } from "../schema.js";
import type { Part } from "../sound.js";
import { found } from "./found.js";

/** Tables of one Region of which nobody makes the copy that the other Region needs. */
export function cellBackups({ at, value: cell }: Part<CellDeclaration>): readonly Finding[] {
  if (cell.backups?.stores.includes("dynamodb")) return [];
  return cell.tables.flatMap(({ replicated }, index) =>
    replicated
      ? []
      : [
          found(
            [...at, "tables", index, "replicated"],
            'true where backups.stores does not name "dynamodb"',
            "false",
            "Back tables up, or keep a replica.",
          ),
        ],
  );
}
