import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished } from "vitest";
import { judgedEnvironment } from "../support/service-model/child.js";
import type { Reached } from "./foreign.js";

/** A running `aws-dr emulate`. */
export interface EmulatedCommand extends Reached {
  readonly endpoint: string;
  readonly control: string;
}

export interface EmulatedSettings {
  /** Whose keys its clients have. */
  readonly account: string;
  readonly region: string;
  readonly fleet: object;
  /** Besides those that make its clock stand. */
  readonly options?: readonly string[];
}

/** The built command on a free port, on a clock that stands, ended with the test. */
export async function emulatedCommand(settings: EmulatedSettings): Promise<EmulatedCommand> {
  const { account, region, fleet, options = [] } = settings;
  const folder = mkdtempSync(join(tmpdir(), "fleet-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "fleet.json");
  writeFileSync(file, JSON.stringify(fleet));
  const ours = ["--port", "0", "--json", "--clock", "virtual", "--fleet", file];
  const argv = ["dist/runtime/cli/main.js", "emulate", ...ours, ...options];
  const child = spawn(process.execPath, argv, { stdio: "pipe", env: judgedEnvironment() });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { endpoint, control }: { endpoint: string; control: string } = JSON.parse(line);
  const credentials = { accessKeyId: account, secretAccessKey: "emulated", sessionToken: "" };
  return {
    endpoint,
    control,
    access: () => ({ endpoint, region, credentials }),
    pass: (advanceSeconds) => post(`${control}/clock`, { advanceSeconds }),
  };
}

/** Gives an order to a control endpoint. */
export async function post(url: string, document: object): Promise<void> {
  const { status } = await fetch(url, { method: "POST", body: JSON.stringify(document) });
  expect(status).toBe(200);
}
