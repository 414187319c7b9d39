import { type Cell, cellPrefix } from "../cells/cell.js";

/** The tag by which the plans of a BackupVaultPair find what they back up. */
export interface BackupTag {
  readonly key: string;
  readonly value: string;
}

/** The tag that a BackupVaultPair of the cell asks for unless it is told another: `backup=<environment>-<cell>`. */
export function backupTagOf(cell: Cell): BackupTag {
  return { key: "backup", value: cellPrefix(cell) };
}

/** The argument `tags` of a resource that carries the tag; nothing for one that carries none. */
export function taggedForBackup(tag: BackupTag | undefined): {
  readonly tags?: Readonly<Record<string, string>>;
} {
  return tag === undefined ? {} : { tags: { [tag.key]: tag.value } };
}
