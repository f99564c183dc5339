import type { MerchantEvent, ShopWebhook } from "@qonto-pay/core/api";
import { WebhookVerificationError } from "./webhook-verification-error.ts";

/**
 * Reads the body of a webhook that was verified. Of a later version of the Worker its `type` may be one that this
 * version does not know.
 *
 * @throws WebhookVerificationError `malformed_body`.
 */
export function readEvent(text: string): MerchantEvent {
  const { id, type, timestamp, data } = fieldsOf(text);
  if (typeof id !== "string" || typeof type !== "string" || typeof timestamp !== "string" || Object(data) !== data) {
    throw malformed();
  }
  return { id, type, created_at: timestamp, data } as MerchantEvent;
}

function fieldsOf(text: string): Partial<Record<keyof ShopWebhook, unknown>> {
  try {
    return Object(JSON.parse(text)) as Partial<Record<keyof ShopWebhook, unknown>>;
  } catch {
    throw malformed();
  }
}

function malformed(): WebhookVerificationError {
  return new WebhookVerificationError("malformed_body", "The body is none of the Worker's webhooks.");
}
