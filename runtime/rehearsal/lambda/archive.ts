import { cpSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** How Pulumi marks an asset among a resource's inputs. */
export const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
/** How Pulumi marks an archive among a resource's inputs. */
export const archiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";
const signatureKey = "4dabf18193072939515e22adb298388d";

/**
 * Writes an archive, as a program registered it, into a folder. Takes archives of assets and of
 * folders; a path that is not absolute is taken from `programFolder`.
 *
 * @throws where the archive is a file (`.zip`) or lies elsewhere than on this machine
 */
export function unpackArchive(archive: unknown, into: string, programFolder: string): void {
  if (!hasSignature(archive, archiveSignature)) {
    throw new Error(`code must be an archive, got ${kindOf(archive)}. Use an AssetArchive.`);
  }
  mkdirSync(into, { recursive: true });
  if (isRecord(archive.assets)) {
    for (const [name, entry] of Object.entries(archive.assets)) {
      unpackEntry(entry, join(into, name), programFolder);
    }
    return;
  }
  const path = archive.path;
  if (typeof path !== "string") {
    throw new Error("code must be an archive of assets or of a folder, got a remote archive.");
  }
  const folder = resolve(programFolder, path);
  if (!statSync(folder).isDirectory()) {
    throw new Error(`code must be a folder or an AssetArchive, got "${path}". Use its folder.`);
  }
  cpSync(folder, into, { recursive: true });
}

function unpackEntry(entry: unknown, target: string, programFolder: string): void {
  if (hasSignature(entry, archiveSignature)) {
    unpackArchive(entry, target, programFolder);
    return;
  }
  if (!hasSignature(entry, assetSignature)) {
    throw new Error(`${target} must be an asset or an archive, got ${kindOf(entry)}.`);
  }
  mkdirSync(dirname(target), { recursive: true });
  if (typeof entry.path === "string") cpSync(resolve(programFolder, entry.path), target);
  else if (typeof entry.text === "string") writeFileSync(target, entry.text);
  else throw new Error(`${target} must be a file or a text, got a remote asset.`);
}

function hasSignature(value: unknown, signature: string): value is Record<string, unknown> {
  return isRecord(value) && value[signatureKey] === signature;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return isRecord(value) ? "another object" : typeof value;
}
