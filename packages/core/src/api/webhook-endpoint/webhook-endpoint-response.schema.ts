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
  "Until when the secret before the present one signs as well; null: it does not. Each secret that was replaced signs for 24 hours.";

/** An address of the merchant's that is told of events. */
export const webhookEndpointSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    event_types: z
      .array(z.enum(MERCHANT_EVENT_TYPES))
      .nullable()
      .describe("Null: all of them, also those that later versions add."),
    description: z.string().nullable(),
    enabled: z.boolean(),
    disabled_reason: z.enum(["gone"]).nullable().describe("`gone`: it answered `410`."),
    previous_secret_until: z.iso.datetime().nullable().describe(previousSecret),
    created_at: z.iso.datetime(),
  })
  .describe("An address that is told of events.") satisfies z.ZodType<WebhookEndpoint>;

/** The answer that shows an endpoint's secret. */
export const webhookEndpointWithSecretSchema = webhookEndpointSchema
  .extend({ secret: z.string().describe("`whsec_` and base64. Told this once.") })
  .describe("An endpoint with its new secret.") satisfies z.ZodType<WebhookEndpointWithSecret>;

/** The answer of `GET /v1/webhook_endpoints`. */
export const webhookEndpointPageSchema = pageSchema(webhookEndpointSchema).describe(
  "All endpoints, oldest first: there are 5 at most.",
) satisfies z.ZodType<WebhookEndpointPage>;

/** An event on its way to an endpoint. */
export const deliverySchema = z
  .object({
    id: z.string(),
    event_id: z.string(),
    event_type: z.enum(MERCHANT_EVENT_TYPES),
    status: z.enum(DELIVERY_STATUSES).describe("`dead`: it was tried for about 3 days and is not tried any more."),
    attempts: z.int().describe("How often it was sent since it was made, or replayed."),
    last_status: z.int().nullable().describe("The HTTP status of the last answer; null where there was none."),
    last_problem: z.enum(["timeout", "network", "redirect", "status", "address"]).nullable(),
    next_attempt_at: z.iso.datetime().nullable().describe("Null where nothing is due: see `status` and the endpoint."),
    created_at: z.iso.datetime(),
  })
  .describe("An event on its way to an endpoint.") satisfies z.ZodType<Delivery>;

/** The answer of `GET /v1/webhook_endpoints/{id}/deliveries`. */
export const deliveryPageSchema = pageSchema(deliverySchema).describe(
  "Deliveries, oldest first. The last one's `id` is the `after` of the next page.",
) satisfies z.ZodType<DeliveryPage>;

/** The answer of `POST /v1/webhook_endpoints/{id}/replay`. */
export const replayAnswerSchema = z
  .object({ replayed: z.int().describe("How many deliveries will be sent.") })
  .describe("What a replay will send.") satisfies z.ZodType<ReplayAnswer>;
