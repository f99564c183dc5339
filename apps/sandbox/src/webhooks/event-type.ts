export const PAYMENT_LINKS = "v1/payment-links";
export const PAYMENT_LINKS_CONNECTIONS = "v1/payment-links-connections";

/** The two types that the sandbox has events for. A subscription may name any other of Qonto's. */
export type EventType = typeof PAYMENT_LINKS | typeof PAYMENT_LINKS_CONNECTIONS;
