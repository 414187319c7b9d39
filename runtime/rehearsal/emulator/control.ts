import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import { schemaFindings } from "../../environment/issues.js";
import { type Finding, problemOf } from "../../environment/problem.js";
import { controlRoutes } from "./control-routes.js";
import { sendJson } from "./json-reply.js";
import type { EmulatedWorld } from "./world.js";

/** Where the control endpoint lies: a path that no AWS service has. */
export const controlPath = "/_dr";

/** Answers requests below {@link controlPath}. Never rejects. */
export type Control = (message: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What a route answers, or what is wrong with its input. */
export type Answered =
  | { readonly document: object; readonly status?: number }
  | { readonly findings: readonly Finding[] };

/** One method of one path below {@link controlPath}. */
export interface ControlRoute {
  readonly method: "GET" | "POST" | "DELETE";
  /** `/clock`; empty for the index. */
  readonly path: string;
  /** What it does, for the index and the docs. */
  readonly what: string;
  /** Of its JSON body, or of its query where it has none. */
  readonly input?: z.ZodType;
  answer(world: EmulatedWorld, input: unknown): Answered;
}

const maxBodyBytes = 8 * 1024 ** 2;

/** The control endpoint: sees and moves what an AWS client cannot. */
export function createControl(world: EmulatedWorld): Control {
  return async (message, response) => {
    try {
      await answer(world, message, response);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      if (response.headersSent || message.destroyed) response.destroy();
      else sendJson(response, 500, { error: `The emulator failed: ${cause}` });
    }
  };
}

async function answer(
  world: EmulatedWorld,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(message.url ?? "/", "http://localhost");
  const path = pathname.slice(controlPath.length).replace(/\/$/, "");
  const atPath = controlRoutes.filter((route) => route.path === path);
  const route = atPath.find(({ method }) => method === message.method);
  if (!route) {
    refuse(message, response, path, atPath);
    return;
  }
  const body = await readBody(message);
  if (body === undefined) {
    sendJson(response, 413, { error: `body must be at most ${maxBodyBytes} bytes.` });
    return;
  }
  const input = inputOf(route, searchParams, body);
  const answered = "findings" in input ? input : route.answer(world, input.value);
  if ("findings" in answered) sendJson(response, 400, refusalOf(answered.findings));
  else sendJson(response, answered.status ?? 200, answered.document);
}

function refuse(
  message: IncomingMessage,
  response: ServerResponse,
  path: string,
  atPath: readonly ControlRoute[],
): void {
  message.resume();
  const methods = atPath.map(({ method }) => method).join(", ");
  if (methods !== "") {
    const error = `method of ${controlPath}${path} must be ${methods}, got ${message.method}.`;
    sendJson(response, 405, { error }, { allow: methods });
    return;
  }
  const known = [...new Set(controlRoutes.map((route) => `${controlPath}${route.path}`))];
  const got = JSON.stringify(`${controlPath}${path}`);
  sendJson(response, 404, { error: `path must be one of ${known.join(", ")}, got ${got}.` });
}

/** The body, or nothing where it is too long. */
async function readBody(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  return bytes > maxBodyBytes ? undefined : Buffer.concat(chunks).toString("utf8");
}

type Input = { readonly value: unknown } | { readonly findings: readonly Finding[] };

function inputOf({ input, method }: ControlRoute, query: URLSearchParams, body: string): Input {
  if (!input) return { value: undefined };
  const raw = method === "GET" ? { value: queryValue(query) } : parsedBody(body);
  if ("findings" in raw) return raw;
  const findings = schemaFindings(input, raw.value, () => undefined);
  return findings.length > 0 ? { findings } : { value: input.parse(raw.value) };
}

/** Numbers of a query as numbers: its text knows no other types. */
function queryValue(query: URLSearchParams): object {
  const entries = [...query].map(([key, value]) => {
    return [key, /^\d{1,15}$/.test(value) ? Number(value) : value] as const;
  });
  return Object.fromEntries(entries);
}

function parsedBody(body: string): Input {
  try {
    return { value: JSON.parse(body) };
  } catch {
    const got = body === "" ? "nothing" : "something else";
    const remedy = "Send one JSON object.";
    return { findings: [{ path: [], rule: "JSON", got, remedy, blames: "value" }] };
  }
}

function refusalOf(findings: readonly Finding[]): object {
  const problems = findings.map((finding) => {
    const { line: _, ...problem } = problemOf(finding, 1, "body");
    return problem;
  });
  return { error: "The request is not valid; nothing was changed.", problems };
}
