import type { IncomingMessage, ServerResponse } from "node:http";

/** A request to the gateway, its body read. */
export interface WireRequest {
  readonly method: string;
  /** Without the query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What the gateway answers, whole. */
export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A request without its body, as an HTTP server or client knows it. */
export interface RequestHead {
  readonly method?: string | undefined;
  /** Path with query. */
  readonly url?: string | undefined;
  readonly headers: object;
}

/** The request of a head and a body. */
export function wireRequest(
  { method = "GET", url = "/", headers }: RequestHead,
  body: Buffer,
): WireRequest {
  const [path = "/", ...query] = url.split("?");
  return {
    method,
    path,
    query: new URLSearchParams(query.join("?")),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
    body,
  };
}

export async function readRequest(message: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return wireRequest(message, Buffer.concat(chunks));
}

export function sendReply(response: ServerResponse, { status, headers, body }: WireReply): void {
  response.sendDate = false;
  response.writeHead(status, headers);
  response.end(body);
}
