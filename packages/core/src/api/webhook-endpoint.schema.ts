import { z } from "zod";
import { MERCHANT_EVENT_TYPES } from "./event.ts";
import {
  type CreateWebhookEndpointRequest,
  DELIVERY_STATUSES,
  type DeliveriesQuery,
  type ReplayRequest,
  type UpdateWebhookEndpointRequest,
} from "./webhook-endpoint.ts";

/** Whether it may be sent to is for the Worker to tell, which knows its own address. */
const url = z.string().min(1).max(500);

const eventTypes = z
  .array(z.enum(MERCHANT_EVENT_TYPES))
  .min(1)
  .refine((types) => new Set(types).size === types.length, "must name each type once");

const description = z.string().trim().min(1).max(200);

/** Strict: the body of `POST /v1/webhook_endpoints`. */
export const createWebhookEndpointSchema = z.strictObject({
  url,
  event_types: eventTypes.optional(),
  description: description.optional(),
}) satisfies z.ZodType<CreateWebhookEndpointRequest>;

/** Strict: the body of `PATCH /v1/webhook_endpoints/{id}`. */
export const updateWebhookEndpointSchema = z.strictObject({
  url: url.optional(),
  event_types: eventTypes.nullable().optional(),
  description: description.nullable().optional(),
  enabled: z.boolean().optional(),
}) satisfies z.ZodType<UpdateWebhookEndpointRequest>;

/** Strict: the query of `GET /v1/webhook_endpoints/{id}/deliveries`, whose values are all text. */
export const deliveriesQuerySchema = z.strictObject({
  status: z.enum(DELIVERY_STATUSES).optional(),
  after: z
    .string()
    .regex(/^dlv_[0-9a-z]{20}$/, "must be the id of a delivery")
    .optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(1).max(100))
    .optional(),
}) satisfies z.ZodType<DeliveriesQuery>;

/** Strict: the body of `POST /v1/webhook_endpoints/{id}/replay`. */
export const replaySchema = z.strictObject({
  since: z.iso.datetime({ offset: true }),
}) satisfies z.ZodType<ReplayRequest>;
