/** What the Worker subscribes to. */
export const WEBHOOK_EVENT_TYPES = ["v1/payment-links", "v1/payment-links-connections"] as const;

/** A webhook subscription, answered bare by Qonto. */
export interface WebhookSubscription {
  readonly id: string;
  readonly callback_url: string;
  readonly types: readonly string[];
  /** Signs the deliveries. */
  readonly secret?: string | undefined;
}
