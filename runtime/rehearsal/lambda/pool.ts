import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { before, type Clock, type Instant, plusSeconds } from "../../core/instant.js";
import { type SandboxCredentials, sandboxEnvironment } from "./environment.js";
import type { HostedFunction } from "./hosted-function.js";
import type { WarmSandbox, WarmSandboxSettings } from "./warm-sandbox.js";

/** Credentials that end: a sandbox is replaced before its own do. */
export interface IssuedCredentials extends SandboxCredentials {
  readonly expiresAt: Instant;
}

export interface PoolSettings {
  readonly fn: HostedFunction;
  /** Where its code was unpacked. */
  readonly folder: string;
  readonly clock: Clock & { readonly shared: SharedArrayBuffer };
  readonly gatewayUrl: string;
  readonly issue: (now: Instant) => IssuedCredentials;
  readonly startSandbox: StartSandbox;
}

export type StartSandbox = (settings: WarmSandboxSettings) => WarmSandbox;

/** Environments of one function, warm ones first. */
export interface SandboxPool {
  take(): { readonly sandbox: WarmSandbox; readonly isCold: boolean };
  /** Takes a sandbox back after an event. */
  giveBack(sandbox: WarmSandbox): void;
  close(): Promise<void>;
}

/** A sandbox is replaced this long before its credentials end. */
const recycleSeconds = 900;

export function createPool(settings: PoolSettings): SandboxPool {
  const { fn, folder, clock, gatewayUrl, issue, startSandbox } = settings;
  const idle: { readonly sandbox: WarmSandbox; readonly recycleAt: Instant }[] = [];
  const recycleTimes = new Map<WarmSandbox, Instant>();
  const { moduleName, exportName } = partsOf(fn.handler);

  function start(): WarmSandbox {
    const { expiresAt, ...credentials } = issue(clock.now());
    const sandbox = startSandbox({
      settings: {
        clock: clock.shared,
        moduleUrl: pathToFileURL(moduleFile(folder, moduleName)).href,
        exportName,
        taskRootUrl: pathToFileURL(`${folder}/`).href,
      },
      environment: sandboxEnvironment(fn, { credentials, gatewayUrl, folder }),
      memoryMib: fn.memoryMib,
    });
    recycleTimes.set(sandbox, plusSeconds(expiresAt, -recycleSeconds));
    return sandbox;
  }

  function retire(sandbox: WarmSandbox): Promise<void> {
    recycleTimes.delete(sandbox);
    return sandbox.stop();
  }

  function take(): { readonly sandbox: WarmSandbox; readonly isCold: boolean } {
    for (let next = idle.pop(); next !== undefined; next = idle.pop()) {
      const { sandbox, recycleAt } = next;
      if (sandbox.isAlive() && before(clock.now(), recycleAt)) return { sandbox, isCold: false };
      void retire(sandbox);
    }
    return { sandbox: start(), isCold: true };
  }

  function giveBack(sandbox: WarmSandbox): void {
    const recycleAt = recycleTimes.get(sandbox);
    if (sandbox.isAlive() && recycleAt !== undefined) idle.push({ sandbox, recycleAt });
    else void retire(sandbox);
  }

  async function close(): Promise<void> {
    await Promise.all([...recycleTimes.keys()].map(retire));
  }

  return { take, giveBack, close };
}

/** `index.handler` is the export `handler` of the module `index`. */
function partsOf(handler: string): { readonly moduleName: string; readonly exportName: string } {
  const dot = handler.lastIndexOf(".");
  return { moduleName: handler.slice(0, dot), exportName: handler.slice(dot + 1) };
}

/** Lambda looks for `.js` first, then `.mjs`, then `.cjs`. */
function moduleFile(folder: string, moduleName: string): string {
  const candidates = [".js", ".mjs", ".cjs"].map((ending) => join(folder, moduleName + ending));
  return candidates.find((file) => existsSync(file)) ?? join(folder, `${moduleName}.mjs`);
}
