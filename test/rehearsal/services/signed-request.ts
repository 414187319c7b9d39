import type { Bench } from "./bench.js";
import { region } from "./bench.js";

/** Sends a request of our own making under the operator's key, without an SDK between. */
export function signedRequest(bench: Bench, service = "drs") {
  const { accessKeyId, sessionToken } = bench.credentials();
  const scope = `${accessKeyId}/20260124/${region}/${service}/aws4_request`;
  const signature = "0".repeat(64);
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${signature}`;
  return (
    method: string,
    path: string,
    body?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> =>
    fetch(`${bench.gateway.url}${path}`, {
      method,
      headers: {
        authorization,
        "x-amz-security-token": sessionToken,
        "content-type": "application/json",
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
}
