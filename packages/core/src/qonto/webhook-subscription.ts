/** A payment link was created, or has a new status. */
export const PAYMENT_LINKS_EVENT = "v1/payment-links";
/** The connection to the payment provider was enabled or revoked. */
export const CONNECTIONS_EVENT = "v1/payment-links-connections";
/** The merchant has revoked the authorization. */
export const CONSENT_REVOCATIONS_EVENT = "v1/consent-revocations";

/** The event types that the Worker subscribes to, the most important one first: it remains if Qonto keeps only one. */
export const WEBHOOK_EVENT_TYPES = [PAYMENT_LINKS_EVENT, CONNECTIONS_EVENT, CONSENT_REVOCATIONS_EVENT] as const;

/** A webhook subscription, answered bare by Qonto. */
export interface WebhookSubscription {
  readonly id: string;
  readonly callback_url: string;
  readonly types: readonly string[];
  /** Signs the deliveries. Qonto returns it only when the subscription is created. */
  readonly secret?: string | undefined;
  /** ISO 8601. */
  readonly created_at?: string | undefined;
}
