import { fromBase64, toBase64 } from "@qonto-pay/web/base64";
import { hmacSha256 } from "@qonto-pay/web/hmac";

/** The prefix of a webhook secret. */
const PREFIX = "whsec_";

/** Returns a secret in the form of Standard Webhooks: `whsec_` and base64. @param random 32 bytes as base64url. */
export function webhookSecretOf(random: string): string {
  return `${PREFIX}${random.replaceAll("-", "+").replaceAll("_", "/")}=`;
}

/**
 * Returns the headers of Standard Webhooks. `webhook-signature` has `v1,{base64 HMAC-SHA256 of
 * "{id}.{timestamp}.{body}"}` once for each secret, separated by spaces.
 *
 * @param secrets as `webhookSecretOf` returns them.
 * @param nowMs time of this attempt, in milliseconds since the epoch.
 */
export async function webhookHeaders(
  id: string,
  body: string,
  secrets: readonly string[],
  nowMs: number,
): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signatures = await Promise.all(
    secrets.map(async (secret) => {
      const key = fromBase64(secret.slice(PREFIX.length));
      if (key === null) throw new TypeError("the text is not a webhook secret");
      return `v1,${toBase64(await hmacSha256(key, signed))}`;
    }),
  );
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
