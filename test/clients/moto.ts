import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { ServiceReply, ServiceRequest } from "../../runtime/rehearsal/services/service.js";
import type { Availability } from "../support/tier.js";
import { answers, scriptOf } from "./foreign.js";

/** A Python that has moto with its server. */
export function moto(): Availability<string> {
  return answers("python3", ["-c", "import moto.moto_server.werkzeug_app"])
    ? { tool: "python3" }
    : { missing: "python3 with moto[server] is not installed" };
}

/** Moto's emulated AWS in a process of its own, one request at a time. */
export interface Moto {
  answer(request: Pick<ServiceRequest, "headers" | "body">): Promise<ServiceReply>;
  /** Forgets everything. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startMoto(python: string): Promise<Moto> {
  const child = spawn(python, [scriptOf("moto_server.py")], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  const [line]: string[] = await once(createInterface({ input: child.stdout }), "line");
  const { port }: { port: number } = JSON.parse(line ?? "{}");
  const url = `http://127.0.0.1:${port}`;
  return {
    answer: async ({ headers, body }) => {
      const reply = await fetch(url, { method: "POST", headers: forwarded(headers), body });
      const { status } = reply;
      return { status, headers: sent(reply.headers), body: Buffer.from(await reply.arrayBuffer()) };
    },
    reset: async () => {
      await fetch(`${url}/moto-api/reset`, { method: "POST" });
    },
    stop: async () => {
      const exited = once(child, "exit");
      child.stdin.end();
      await exited;
    },
  };
}

/** Headers of one connection, which say nothing about another. */
const ofConnection = new Set(["connection", "content-length", "host", "transfer-encoding"]);

function forwarded(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.has(name)));
}

function sent(headers: Headers): Record<string, string> {
  return forwarded(Object.fromEntries(headers.entries()));
}
