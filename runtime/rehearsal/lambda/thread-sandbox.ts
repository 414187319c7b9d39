import nodeCrypto from "node:crypto";
import { readFile } from "node:fs/promises";
import nodeHttp from "node:http";
import nodeModule from "node:module";
import { fileURLToPath } from "node:url";
import { directHttp, type Exchange } from "./direct-http.js";
import { type ModuleFactory, moduleFactory } from "./module-factory.js";
import type { StartSandbox } from "./pool.js";
import {
  type SandboxInvocation,
  type SandboxScope,
  type SandboxSettings,
  sandbox,
} from "./sandbox.js";
import { type SandboxBody, type SandboxListener, warmSandbox } from "./warm-sandbox.js";

/**
 * Sandboxes inside this thread: far quicker than threads of their own, and less closed. A handler that
 * never yields holds up everything, memory is not limited, and a rejection that nobody handles ends the
 * process. Each sandbox has its own instance of the function's module, environment, time and randomness.
 */
export function threadSandboxes(exchange: Exchange): StartSandbox {
  return ({ settings, environment }) =>
    warmSandbox((listener) => threadBody(settings, environment, exchange, listener));
}

/** By the text of the module. */
const compiled = new Map<string, Promise<ModuleFactory>>();

function threadBody(
  settings: SandboxSettings,
  environment: Readonly<Record<string, string>>,
  exchange: Exchange,
  { onMessage }: SandboxListener,
): SandboxBody {
  const http = directHttp(exchange);
  let isAlive = true;
  let take: (invocation: SandboxInvocation) => void = () => undefined;
  const scope = scopeOf(environment, () => isAlive);
  const crypto = Object.assign(Object.create(nodeCrypto) as typeof nodeCrypto, {
    randomUUID: nodeCrypto.randomUUID,
  });
  const load = async (url: string): Promise<Record<string, unknown>> => {
    const factory = await factoryOf(url);
    const builtins = builtinsOf(scope, crypto, http.request);
    const ownGlobal: unknown = Object.create(globalThis, Object.getOwnPropertyDescriptors(scope));
    return factory({ globals: { ...scope, globalThis: ownGlobal }, builtins });
  };
  sandbox({
    port: {
      postMessage: (message) => {
        if (isAlive) onMessage(message);
      },
      on: (_event, listener) => {
        take = listener;
      },
    },
    settings,
    scope,
    load,
    crypto,
    syncBuiltinExports: () => undefined,
    isIdle: () => http.inFlight() === 0,
  });
  return {
    post: (invocation) => take(invocation),
    terminate: async () => {
      isAlive = false;
      http.close();
    },
  };
}

/** The text stands for the module: each rehearsal unpacks it into another folder. */
async function factoryOf(url: string): Promise<ModuleFactory> {
  const source = await readFile(fileURLToPath(url), "utf8");
  const factory = compiled.get(source) ?? moduleFactory(source, "file:///var/task/index.mjs");
  compiled.set(source, factory);
  return factory;
}

/** Globals that a sandbox may change without anybody else seeing it. */
function scopeOf(
  environment: Readonly<Record<string, string>>,
  isAlive: () => boolean,
): SandboxScope {
  const output = (): object => ({ write: () => true });
  const ownProcess = Object.create(process, {
    env: { value: { ...environment } },
    stdout: { value: output() },
    stderr: { value: output() },
    on: { value: () => ownProcess },
    emitWarning: { value: () => undefined },
  }) as typeof process;
  const whileAlive = <Args extends unknown[]>(
    callback: (...args: Args) => void,
    ms?: number,
    ...args: Args
  ): NodeJS.Timeout =>
    setTimeout(() => {
      if (isAlive()) callback(...args);
    }, ms);
  const { subtle, getRandomValues } = globalThis.crypto;
  return {
    Date,
    Math: Object.create(Math),
    clearTimeout,
    crypto: Object.assign(Object.create(null), {
      subtle,
      getRandomValues: getRandomValues.bind(globalThis.crypto),
    }),
    process: ownProcess,
    setTimeout: Object.assign(whileAlive, { __promisify__: setTimeout.__promisify__ }),
  };
}

function builtinsOf(
  { process: ownProcess }: SandboxScope,
  crypto: typeof nodeCrypto,
  request: unknown,
): Readonly<Record<string, unknown>> {
  const builtins: Record<string, unknown> = {
    crypto,
    http: { ...nodeHttp, request },
    process: ownProcess,
  };
  const require = (name: string): unknown =>
    builtins[name.replace(/^node:/, "")] ?? nodeModule.createRequire(import.meta.url)(name);
  builtins.module = { ...nodeModule, createRequire: () => require };
  return builtins;
}
