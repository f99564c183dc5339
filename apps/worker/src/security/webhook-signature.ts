/** Qonto's rule: a signature whose time is further away than this is rejected. */
const TOLERANCE_SECONDS = 300;

/**
 * Checks `X-Qonto-Signature: t={unix seconds},v1={hex HMAC-SHA256 of "{t}.{raw body}"}` on the bytes as they came.
 *
 * @param nowMs milliseconds of the epoch.
 * @returns false also for a missing or malformed header and for one more than 5 minutes old or ahead.
 */
export async function isSignedByQonto(
  body: Uint8Array,
  header: string | null,
  secret: string,
  nowMs: number,
): Promise<boolean> {
  const match = /^t=(\d{1,12}),\s*v1=([0-9a-f]{64})$/.exec(header ?? "");
  if (match === null) return false;
  const [, time = "", mac = ""] = match;
  if (Math.abs(nowMs / 1000 - Number(time)) > TOLERANCE_SECONDS) return false;
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "verify",
  ]);
  const prefix = encoder.encode(`${time}.`);
  const signed = new Uint8Array(prefix.length + body.length);
  signed.set(prefix);
  signed.set(body, prefix.length);
  return crypto.subtle.verify("HMAC", key, bytesOfHex(mac), signed);
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
