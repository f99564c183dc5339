import { createHmac } from "node:crypto";

/**
 * Returns the `X-Qonto-Signature` of a webhook: `t={unix seconds},v1={hex HMAC-SHA256 of "{t}.{raw body}"}`. Source:
 * Qonto's documentation of webhooks.
 */
export function signWebhook(body: string, secret: string, unixSeconds: number): string {
  const mac = createHmac("sha256", secret).update(`${unixSeconds}.${body}`).digest("hex");
  return `t=${unixSeconds},v1=${mac}`;
}
