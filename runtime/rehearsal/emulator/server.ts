import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { isIP } from "node:net";
import { type Control, controlPath } from "./control.js";
import { sendJson } from "./json-reply.js";

export interface ServerOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Requests of AWS clients. */
  readonly aws: RequestListener;
  readonly control: Control;
}

export interface ListeningServer {
  /** What `AWS_ENDPOINT_URL` is set to. */
  readonly url: string;
  readonly port: number;
  /** Lets requests that are being answered end, and takes no more. */
  close(): Promise<void>;
}

/**
 * Listens for AWS clients, and below `/_dr` for whoever controls the emulator. Web pages are
 * refused, so that none that happens to be open can reach it.
 */
export async function listen({
  host,
  port,
  aws,
  control,
}: ServerOptions): Promise<ListeningServer> {
  const server = createServer((message, response) => {
    const refusal = browserRefusal(message);
    if (refusal) sendJson(response, 403, { error: refusal });
    else if (isControl(message)) void control(message, response);
    else aws(message, response);
  });
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error(`The emulator must listen on a port, got ${String(address)}.`);
  }
  return {
    url: `http://${reachable(address.address)}:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), graceMs).unref();
      }),
  };
}

/** Time for requests that are being answered when the server closes. */
const graceMs = 1_000;

/** An address that a client of this machine can use, as it stands in a URL. */
function reachable(address: string): string {
  if (address === "0.0.0.0") return "127.0.0.1";
  if (address === "::") return "[::1]";
  return isIP(address) === 6 ? `[${address}]` : address;
}

function isControl({ url = "/" }: IncomingMessage): boolean {
  const [path = "/"] = url.split("?");
  return path === controlPath || path.startsWith(`${controlPath}/`);
}

/**
 * Why a request that a web page may have sent is refused. A page of another origin says so in
 * `Origin` or `Sec-Fetch-Site`; one whose name was pointed here afterwards, in `Host`.
 */
function browserRefusal({ headers }: IncomingMessage): string | undefined {
  if (headers.origin !== undefined) return "Requests of web pages are refused: Origin is given.";
  const site = headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") {
    return `Requests of web pages are refused: Sec-Fetch-Site is ${site}.`;
  }
  const host = headers.host ?? "";
  if (isTrustedHost(host)) return undefined;
  return `Host must be an address, a name without dots, one below localhost, or an endpoint of AWS, got ${JSON.stringify(host)}.`;
}

/** Names that nobody else can point here: addresses, names of this network, and those of AWS. */
function isTrustedHost(host: string): boolean {
  const name = host.replace(/:\d+$/, "").toLowerCase();
  if (isIP(name.replace(/^\[(.*)\]$/, "$1")) > 0) return true;
  return /^[^.]+$|\.localhost$|\.amazonaws\.com(\.cn)?$|\.api\.aws$/.test(name);
}
