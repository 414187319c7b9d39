/** What an `Authorization` header of Signature Version 4 says about its request. */
export interface SignatureScope {
  readonly accessKeyId: string;
  readonly region: string;
  /** Signing name of the service. */
  readonly service: string;
}

const credential =
  /^AWS4-HMAC-SHA256 .*\bCredential=([^/,\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request\b/;

/**
 * Reads who signed for which service and Region. The signature itself is not verified: emulators
 * check that a key is known, its token right and its session alive.
 */
export function signatureScope(authorization: string): SignatureScope | undefined {
  const match = credential.exec(authorization);
  const [, accessKeyId, region, service] = match ?? [];
  const isComplete =
    /\bSignedHeaders=[^,\s]+/.test(authorization) &&
    /\bSignature=[0-9a-f]{64}\b/.test(authorization);
  if (!accessKeyId || !region || !service || !isComplete) return undefined;
  return { accessKeyId, region, service };
}
