import type * as aws from "@pulumi/aws";
import {
  type BackedUpStore,
  type BackupTag,
  backupTagOf,
  type Cell,
} from "../../components/index.js";
import type { CellDeclaration } from "../../runtime/environment/schema.js";

/** What each part of a cell is made with. */
export interface CellContext {
  readonly declaration: CellDeclaration;
  readonly cell: Cell;
  readonly options: { readonly provider: aws.Provider };
}

/** The argument `backupTag` of a store: given to those kinds that the cell's backups name. */
export function backupTagFor(
  { declaration, cell }: CellContext,
  kind: BackedUpStore,
): { readonly backupTag?: BackupTag } {
  return declaration.backups?.stores.includes(kind) ? { backupTag: backupTagOf(cell) } : {};
}
