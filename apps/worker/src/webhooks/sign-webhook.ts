/** What a webhook secret begins with. */
const PREFIX = "whsec_";

/** A secret as Standard Webhooks has it: `whsec_` and base64. @param random 32 bytes as base64url. */
export function webhookSecretOf(random: string): string {
  return `${PREFIX}${random.replaceAll("-", "+").replaceAll("_", "/")}=`;
}

/**
 * The headers of Standard Webhooks: `webhook-signature` holds `v1,{base64 HMAC-SHA256 of "{id}.{timestamp}.{body}"}`
 * once for each secret, separated by spaces.
 *
 * @param secrets as `webhookSecretOf` writes them.
 * @param nowMs when this attempt is made, in milliseconds of the epoch.
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
      const mac = await crypto.subtle.sign("HMAC", await keyOf(secret), signed);
      return `v1,${toBase64(new Uint8Array(mac))}`;
    }),
  );
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}

function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (char) => char.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
