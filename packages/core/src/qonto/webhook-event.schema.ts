import * as z from "zod";
import { CONNECTIONS_EVENT, CONSENT_REVOCATIONS_EVENT, PAYMENT_LINKS_EVENT } from "./webhook-subscription.ts";

/**
 * Lenient: the `v1/payment-links` event. Only what is needed to find the link is required, because a webhook is a hint:
 * what it says about the status is checked by reading the link.
 */
export const paymentLinkEventSchema = z.looseObject({
  id: z.string().min(1),
  type: z.literal(PAYMENT_LINKS_EVENT),
  data: z.looseObject({ payment_link_id: z.string().min(1) }),
});

/**
 * Lenient: the `v1/payment-links-connections` event. What it says is not read: it is a hint that the connection has
 * changed, and the connection itself tells how.
 */
export const connectionEventSchema = z.looseObject({
  id: z.string().min(1),
  type: z.literal(CONNECTIONS_EVENT),
});

/**
 * Lenient: the `v1/consent-revocations` event: a merchant has taken the consent back. A hint as well: only what Qonto's
 * OAuth answers ends a consent here.
 */
export const consentRevocationEventSchema = z.looseObject({
  id: z.string().min(1),
  type: z.literal(CONSENT_REVOCATIONS_EVENT),
  data: z
    .looseObject({ client_id: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** Lenient: any event of Qonto's, of a type known or not. */
export const qontoEventSchema = z.looseObject({
  id: z.string().min(1).max(200),
  type: z.string().max(200),
  /** The subscription that it is sent for. */
  subscription_id: z.string().max(200).optional().catch(undefined),
  /** ISO 8601. */
  created_at: z.string().optional().catch(undefined),
});
