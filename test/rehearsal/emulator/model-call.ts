import {
  type Member,
  type OperationModel,
  type ServiceModel,
  structureOf,
} from "../../support/service-model/model.js";
import { account, type EmulatorBench, region } from "./bench.js";

export interface Answered {
  readonly status: number;
  readonly code: string;
  readonly body: string;
}

/** Sends a request as a client of the operation would, or with a body of one's own. */
export async function callOf(
  model: ServiceModel,
  { emulator }: Pick<EmulatorBench, "emulator">,
  { http, input: shape }: OperationModel,
  input: Readonly<Record<string, unknown>>,
  { where = region, body }: { readonly where?: string; readonly body?: string } = {},
): Promise<Answered> {
  const members = shape ? structureOf(model, shape.shape).members : {};
  const query = new URLSearchParams();
  const sent: Record<string, unknown> = {};
  let path = http.requestUri;
  for (const [name, value] of Object.entries(input)) {
    const { location, locationName = name }: Member = members[name] ?? { shape: "" };
    if (location === "uri") {
      path = path.replace(`{${locationName}}`, encodeURIComponent(String(value)));
    } else if (location === "querystring") {
      for (const one of [value].flat()) query.append(locationName, String(one));
    } else {
      sent[name] = value;
    }
  }
  const scope = `${account}/20260124/${where}/drs/aws4_request`;
  const reply = await fetch(`${emulator.url}${path}?${query}`, {
    method: http.method,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`,
      "content-type": "application/json",
    },
    ...(http.method !== "GET" && { body: body ?? JSON.stringify(sent) }),
  });
  const text = await reply.text();
  return { status: reply.status, code: reply.headers.get("x-amzn-errortype") ?? "", body: text };
}
