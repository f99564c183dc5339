import * as z from "zod";
import { connectionSchema } from "../../qonto/connection.schema.ts";
import { paymentSchema } from "../../qonto/payment-link.schema.ts";
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

/** Why a merchant has to connect Qonto again. */
export const consentProblemSchema = z.enum(["revoked", "expiring", "rejected"]) satisfies z.ZodType<ConsentProblem>;

/** An event of any type, whose data may have any of the fields. */
type AnyEvent = Omit<MerchantEventOf<MerchantEventType>, "data"> & { readonly data: Partial<MerchantEventFields> };

/** One transition of a checkout, of the connection or of the consent. */
export const merchantEventSchema = z
  .object({
    id: z.string(),
    type: z.enum(MERCHANT_EVENT_TYPES),
    created_at: z.iso.datetime(),
    data: z
      .object({
        checkout: checkoutSnapshotSchema.exactOptional(),
        payment: paymentSchema.exactOptional(),
        duplicate_of: z
          .string()
          .describe("Of `checkout.duplicate_payment`: the checkout that was paid first, which may be the same one.")
          .exactOptional(),
        connection: connectionSchema
          .pick({ status: true })
          .extend({
            activated: z
              .boolean()
              .describe(
                "Whether the organization has payment links. If not, its owner switches them on in Qonto's app.",
              ),
          })
          .exactOptional(),
        consent: z.object({ reason: consentProblemSchema }).exactOptional(),
        authorization: z.object({ reason: z.enum(AUTHORIZATION_OUTAGE_REASONS) }).exactOptional(),
      })
      .describe("What the event is about, as it was at that time."),
  })
  .describe(
    "One transition. Each is reported once, in the order in which they happened.",
  ) satisfies z.ZodType<AnyEvent>;

/** The answer of `GET /v1/events`. */
export const eventPageSchema = pageSchema(merchantEventSchema).describe(
  "Events, oldest first. The last one's `id` is the `after` of the next page.",
);
