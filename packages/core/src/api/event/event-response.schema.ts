import * as z from "zod";
import { connectionSchema } from "../../qonto/connection.schema.ts";
import { paymentSchema, qontoMoneySchema } from "../../qonto/payment-link.schema.ts";
import { pageSchema } from "../values/cursor.schema.ts";
import {
  AUTHORIZATION_OUTAGE_REASONS,
  type ConsentProblem,
  MERCHANT_EVENT_TYPES,
  type MerchantEventFields,
  type MerchantEventOf,
  type MerchantEventType,
} from "./event.ts";
import { checkoutSnapshotSchema } from "../checkout/server-checkout-response.schema.ts";

/** The reason why a merchant must reauthorize. */
export const consentProblemSchema = z.enum(["revoked", "expiring", "rejected"]) satisfies z.ZodType<ConsentProblem>;

/** An event of any type. Its data may have any of the fields. */
type AnyEvent = Omit<MerchantEventOf<MerchantEventType>, "data"> & { readonly data: Partial<MerchantEventFields> };

/** One state change of a checkout, of the connection or of the authorization. */
export const merchantEventSchema = z
  .object({
    id: z.string(),
    type: z.enum(MERCHANT_EVENT_TYPES),
    created_at: z.iso.datetime(),
    data: z
      .object({
        checkout: checkoutSnapshotSchema.exactOptional(),
        payment: paymentSchema.exactOptional(),
        payment_link: z
          .object({ id: z.string(), amount: qontoMoneySchema })
          .describe("Of `payment.unmatched`: the link at Qonto that was paid.")
          .exactOptional(),
        duplicate_of: z
          .string()
          .describe("Of `checkout.duplicate_payment`: the checkout that was paid first, possibly the same one.")
          .exactOptional(),
        connection: connectionSchema
          .pick({ status: true })
          .extend({
            activated: z
              .boolean()
              .describe(
                "Whether payment links are activated for the organization. If not, its owner activates them in Qonto's app.",
              ),
          })
          .exactOptional(),
        consent: z.object({ reason: consentProblemSchema }).exactOptional(),
        authorization: z.object({ reason: z.enum(AUTHORIZATION_OUTAGE_REASONS) }).exactOptional(),
        storage: z
          .object({
            used_bytes: z.number(),
            limit_bytes: z.number(),
            threshold_percent: z.number().describe("80, 90 or 95. From 95 on, no checkout is opened."),
          })
          .exactOptional(),
        flood: z
          .object({
            started_at: z.iso.datetime(),
            ended_at: z.iso.datetime().nullable().describe("Null: the flood has not ended."),
            challenged: z.number().describe("Number of requests that had to solve a challenge."),
            solved: z.number().describe("Number of solved challenges."),
          })
          .exactOptional(),
      })
      .describe("The subject of the event at that time."),
  })
  .describe(
    "One state change. Each is reported once, in the order in which the changes happened.",
  ) satisfies z.ZodType<AnyEvent>;

/** Response of `GET /v1/events`. */
export const eventPageSchema = pageSchema(merchantEventSchema).describe(
  "Events, oldest first. The last item's `id` is the `after` of the next page.",
);
