import type { ServiceReply, ServiceRequest } from "../services/service.js";

const timestamps = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?=Z|\+00:00)/g;

/** A request as a service reads it whose clock is so many seconds ahead of ours. */
export function skewedRequest(request: ServiceRequest, seconds: number): ServiceRequest {
  return { ...request, body: Buffer.from(shifted(request.body.toString(), -seconds)) };
}

/** A reply as that service dates it. */
export function skewedReply(reply: ServiceReply, seconds: number): ServiceReply {
  return { ...reply, body: shifted(reply.body.toString(), seconds) };
}

/** Every timestamp of a text, moved; its number of decimals stays. */
function shifted(text: string, seconds: number): string {
  return text.replaceAll(timestamps, (moment) => {
    const [whole = "", decimals] = moment.split(".");
    const moved = new Date(Date.parse(`${whole}Z`) + seconds * 1000).toISOString().slice(0, 19);
    return decimals === undefined ? moved : `${moved}.${decimals}`;
  });
}
