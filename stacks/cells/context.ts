import type * as aws from "@pulumi/aws";
import type { Cell } from "../../components/index.js";
import type { CellDeclaration } from "../../runtime/environment/schema.js";

/** What each part of a cell is made with. */
export interface CellContext {
  readonly declaration: CellDeclaration;
  readonly cell: Cell;
  readonly options: { readonly provider: aws.Provider };
}
