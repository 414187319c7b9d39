const judged = new URL("gateway.mjs", import.meta.url).href;

/** Puts the judged gateway before that of the built package. */
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  const isGateway = found.url.endsWith("/runtime/rehearsal/services/gateway.js");
  if (!isGateway || context.parentURL?.startsWith(judged)) return found;
  return { ...found, url: `${judged}?of=${encodeURIComponent(found.url)}` };
}
