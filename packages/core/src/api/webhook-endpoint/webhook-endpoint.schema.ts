import * as z from "zod";
import { textSchema } from "../../text/text.schema.ts";
import { cursorPage } from "../values/cursor.schema.ts";
import { MERCHANT_EVENT_TYPES } from "../event/event.ts";
import type { PageQuery } from "../values/page.ts";
import {
  type CreateWebhookEndpointRequest,
  DELIVERY_STATUSES,
  type DeliveriesQuery,
  type ReplayRequest,
  type UpdateWebhookEndpointRequest,
} from "./webhook-endpoint.ts";

/** The Worker checks whether it may send to this address, because it knows its own address. */
const url = z.string().min(1).max(500);

const eventTypes = z
  .array(z.enum(MERCHANT_EVENT_TYPES))
  .min(1)
  .refine((types) => new Set(types).size === types.length, "must name each type once");

const description = textSchema(200);

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

/** Strict: the query of `GET /v1/webhook_endpoints`, whose values are all text. */
export const webhookEndpointsQuerySchema = z.strictObject(cursorPage("we")) satisfies z.ZodType<PageQuery>;

/** Strict: the query of `GET /v1/webhook_endpoints/{id}/deliveries`, whose values are all text. */
export const deliveriesQuerySchema = z.strictObject({
  status: z.enum(DELIVERY_STATUSES).optional(),
  ...cursorPage("dlv"),
}) satisfies z.ZodType<DeliveriesQuery>;

/** Strict: the body of `POST /v1/webhook_endpoints/{id}/replay`. */
export const replaySchema = z.strictObject({
  since: z.iso.datetime({ offset: true }),
}) satisfies z.ZodType<ReplayRequest>;
