import { z } from "zod";

/**
 * Lenient: the `v1/payment-links` event. Only what is needed to find the link is required, because a webhook is a hint:
 * what it says about the status is checked by reading the link.
 */
export const paymentLinkEventSchema = z.looseObject({
  id: z.string().min(1),
  type: z.literal("v1/payment-links"),
  data: z.looseObject({ payment_link_id: z.string().min(1) }),
});

/**
 * Lenient: the `v1/payment-links-connections` event. What it says is not read: it is a hint that the connection has
 * changed, and the connection itself tells how.
 */
export const connectionEventSchema = z.looseObject({
  id: z.string().min(1),
  type: z.literal("v1/payment-links-connections"),
});

/** Lenient: any event of Qonto's, of a type known or not. */
export const qontoEventSchema = z.looseObject({
  id: z.string().min(1).max(200),
  type: z.string().max(200),
  /** ISO 8601. */
  created_at: z.string().optional().catch(undefined),
});
