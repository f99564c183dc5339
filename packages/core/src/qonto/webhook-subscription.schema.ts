import * as z from "zod";
import { paginationSchema } from "./payment-link.schema.ts";
import type { WebhookSubscription } from "./webhook-subscription.ts";

/** Strict: the request body that creates a subscription. */
export const createWebhookSubscriptionSchema = z.strictObject({
  callback_url: z.url().max(512),
  types: z.array(z.string()).min(1),
  secret: z.string().min(32).max(128),
  description: z.string().default("qonto-pay"),
});

/** Lenient: a subscription. */
export const webhookSubscriptionSchema = z.looseObject({
  id: z.string().min(1),
  callback_url: z.string(),
  types: z.array(z.string()),
  secret: z.string().optional().catch(undefined),
  created_at: z.string().optional().catch(undefined),
}) satisfies z.ZodType<WebhookSubscription>;

/** Lenient: a page of subscriptions. */
export const webhookSubscriptionPageSchema = z.looseObject({
  subscriptions: z.array(webhookSubscriptionSchema),
  meta: paginationSchema,
});

/** The body of a response without content. */
export const noContentSchema = z.unknown();
