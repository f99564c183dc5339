import * as z from "zod";
import { CONNECTIONS_EVENT, CONSENT_REVOCATIONS_EVENT, PAYMENT_LINKS_EVENT } from "./webhook-subscription.ts";

/**
 * Lenient: the `v1/payment-links` event. Only the fields that identify the link are required. A webhook is a hint: the
 * Worker reads the link to check the status. `event` is `created` or `updated`, and `status` that of the link.
 */
export const paymentLinkEventSchema = z.looseObject({
  id: z.string().min(1),
  type: z.literal(PAYMENT_LINKS_EVENT),
  data: z.looseObject({
    payment_link_id: z.string().min(1),
    event: z.string().optional().catch(undefined),
    status: z.string().optional().catch(undefined),
  }),
});

/**
 * Lenient: the `v1/payment-links-connections` event. Its content is not used: it is a hint that the connection has
 * changed, and the Worker reads the connection itself.
 */
export const connectionEventSchema = z.looseObject({
  id: z.string().min(1),
  type: z.literal(CONNECTIONS_EVENT),
});

/**
 * Lenient: the `v1/consent-revocations` event. A merchant has revoked the authorization. The event is a hint as well:
 * the Worker ends an authorization only after an answer of Qonto's OAuth.
 */
export const consentRevocationEventSchema = z.looseObject({
  id: z.string().min(1),
  type: z.literal(CONSENT_REVOCATIONS_EVENT),
  data: z
    .looseObject({ client_id: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** Lenient: any event of Qonto, of a known or unknown type. */
export const qontoEventSchema = z.looseObject({
  id: z.string().min(1).max(200),
  type: z.string().max(200),
  /** Id of the subscription for which it is sent. */
  subscription_id: z.string().max(200).optional().catch(undefined),
  /** ISO 8601. */
  created_at: z.string().optional().catch(undefined),
});
