import type { ServerResponse } from "node:http";

/** Version of every document that the control endpoint answers. */
const schemaVersion = 1;

/** Answers with one JSON document of the control endpoint. */
export function sendJson(
  response: ServerResponse,
  status: number,
  document: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = `${JSON.stringify({ schemaVersion, ...document })}\n`;
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    ...headers,
  });
  response.end(body);
}
