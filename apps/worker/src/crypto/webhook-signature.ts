import { importHmacKey } from "@qonto-pay/web/hmac";

/** Qonto's rule: a signature whose time differs by more is rejected. */
const TOLERANCE_SECONDS = 300;

/** The time of a signature in unix seconds, and its MACs in hex. */
interface Signature {
  readonly time: string;
  readonly macs: readonly string[];
}

/**
 * Reads `X-Qonto-Signature: t={unix seconds},v1={hex HMAC-SHA256 of "{t}.{raw body}"}`.
 *
 * @param nowMs milliseconds since the epoch.
 * @returns null for a missing or malformed header, and for one more than 5 minutes old or ahead.
 */
export function readSignature(header: string | null, nowMs: number): Signature | null {
  const fields = (header ?? "").split(",").map((field) => field.trim());
  const time = /^t=(\d{1,12})$/.exec(fields.find((field) => field.startsWith("t=")) ?? "")?.[1];
  // Fields that Qonto may add are ignored. Of several signatures, one must match.
  const macs = fields.flatMap((field) => /^v1=([0-9a-f]{64})$/.exec(field)?.[1] ?? []).slice(0, 4);
  if (time === undefined || Math.abs(nowMs / 1000 - Number(time)) > TOLERANCE_SECONDS) return null;
  return macs.length === 0 ? null : { time, macs };
}

/**
 * Verifies `X-Qonto-Signature` on the raw bytes.
 *
 * @param secrets one of them must match. There are two while the secret at Qonto is being replaced.
 * @param nowMs milliseconds since the epoch.
 * @returns false also for a missing or malformed header, and for one more than 5 minutes old or ahead.
 */
export async function isSignedByQonto(
  body: Uint8Array,
  header: string | null,
  secrets: readonly string[],
  nowMs: number,
): Promise<boolean> {
  const signature = readSignature(header, nowMs);
  if (signature === null) return false;
  const { time, macs } = signature;
  const encoder = new TextEncoder();
  const prefix = encoder.encode(`${time}.`);
  const signed = new Uint8Array(prefix.length + body.length);
  signed.set(prefix);
  signed.set(body, prefix.length);
  const checks = secrets.flatMap((secret) => {
    const key = importHmacKey(encoder.encode(secret));
    return macs.map(async (mac) => crypto.subtle.verify("HMAC", await key, bytesOfHex(mac), signed));
  });
  return (await Promise.all(checks)).includes(true);
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
