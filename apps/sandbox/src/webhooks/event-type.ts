export const PAYMENT_LINKS = "v1/payment-links";
export const PAYMENT_LINKS_CONNECTIONS = "v1/payment-links-connections";

export const CONSENT_REVOCATIONS = "v1/consent-revocations";

/** The event types that the sandbox sends. A subscription may name any other type of Qonto. */
export type EventType = typeof PAYMENT_LINKS | typeof PAYMENT_LINKS_CONNECTIONS | typeof CONSENT_REVOCATIONS;
