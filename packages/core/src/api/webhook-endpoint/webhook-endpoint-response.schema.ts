import * as z from "zod";
import { pageSchema } from "../values/cursor.schema.ts";
import { MERCHANT_EVENT_TYPES } from "../event/event.ts";
import {
  DELIVERY_STATUSES,
  type Delivery,
  type DeliveryPage,
  type ReplayAnswer,
  type WebhookEndpoint,
  type WebhookEndpointPage,
  type WebhookEndpointWithSecret,
} from "./webhook-endpoint.ts";

const previousSecret =
  "When the previous secret stops signing; null: it has stopped. Each replaced secret signs for another 24 hours.";

/** An address of the merchant that receives events. */
export const webhookEndpointSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    event_types: z
      .array(z.enum(MERCHANT_EVENT_TYPES))
      .nullable()
      .describe("Null: all types, including those that later versions add."),
    description: z.string().nullable(),
    enabled: z.boolean(),
    disabled_reason: z.enum(["gone"]).nullable().describe("`gone`: it answered `410`."),
    previous_secret_until: z.iso.datetime().nullable().describe(previousSecret),
    created_at: z.iso.datetime(),
  })
  .describe("An address that receives events.") satisfies z.ZodType<WebhookEndpoint>;

/** The response that contains an endpoint's secret. */
export const webhookEndpointWithSecretSchema = webhookEndpointSchema
  .extend({ secret: z.string().describe("`whsec_` and base64. Returned only once.") })
  .describe("An endpoint with its new secret.") satisfies z.ZodType<WebhookEndpointWithSecret>;

/** Response of `GET /v1/webhook_endpoints`. */
export const webhookEndpointPageSchema = pageSchema(webhookEndpointSchema).describe(
  "All endpoints, oldest first: 5 at most.",
) satisfies z.ZodType<WebhookEndpointPage>;

/** The delivery of an event to an endpoint. */
export const deliverySchema = z
  .object({
    id: z.string(),
    event_id: z.string(),
    event_type: z.enum(MERCHANT_EVENT_TYPES),
    status: z.enum(DELIVERY_STATUSES).describe("`dead`: the Worker stopped after about 3 days of retries."),
    attempts: z.int().describe("Number of attempts since the delivery was created or replayed."),
    last_status: z.int().nullable().describe("The HTTP status of the last answer; null if there was none."),
    last_problem: z.enum(["timeout", "network", "redirect", "status", "address"]).nullable(),
    next_attempt_at: z.iso
      .datetime()
      .nullable()
      .describe("Null if no attempt is scheduled: see `status` and the endpoint."),
    created_at: z.iso.datetime(),
  })
  .describe("The delivery of an event to an endpoint.") satisfies z.ZodType<Delivery>;

/** Response of `GET /v1/webhook_endpoints/{id}/deliveries`. */
export const deliveryPageSchema = pageSchema(deliverySchema).describe(
  "Deliveries, oldest first. The last item's `id` is the `after` of the next page.",
) satisfies z.ZodType<DeliveryPage>;

/** Response of `POST /v1/webhook_endpoints/{id}/replay`. */
export const replayAnswerSchema = z
  .object({ replayed: z.int().describe("Number of deliveries that will be sent.") })
  .describe("The result of a replay.") satisfies z.ZodType<ReplayAnswer>;
