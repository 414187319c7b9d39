import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/**
 * Variables by which boto3 knows DRS as `test/models` does, whatever release of it is installed: an
 * older one lacks the newest operations. Its folder is removed when the test ends.
 */
export function newestModels(): NodeJS.ProcessEnv {
  const root = mkdtempSync(join(tmpdir(), "models-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, "drs", "2020-02-26");
  mkdirSync(folder, { recursive: true });
  const model = fileURLToPath(new URL("../models/drs.json", import.meta.url));
  copyFileSync(model, join(folder, "service-2.json"));
  return { AWS_DATA_PATH: root };
}
