import * as z from "zod";
import { connectionSchema } from "../../qonto/connection.schema.ts";
import { paymentLinkPageSchema, paymentLinkSchema } from "../../qonto/payment-link.schema.ts";
import { consentProblemSchema } from "../event/event-response.schema.ts";
import type { ConnectionAnswer, ServedPaymentLink, ServedPaymentLinkPage } from "./payment-links.ts";
import { checkoutSnapshotSchema } from "../checkout/server-checkout-response.schema.ts";

/** A payment link in the shape of Qonto's API. */
export const servedPaymentLinkSchema = paymentLinkSchema
  .safeExtend({
    checkout: checkoutSnapshotSchema
      .pick({ id: true, opened_by: true, status: true, reference: true, metadata: true })
      .describe("Only for a link that this Worker created.")
      .exactOptional(),
  })
  .describe(
    "A payment link in the shape of Qonto's API. If this Worker created it, it carries its checkout.",
  ) satisfies z.ZodType<ServedPaymentLink>;

/** Response of each operation on one payment link. */
export const onePaymentLinkAnswerSchema = z
  .object({ payment_link: servedPaymentLinkSchema })
  .describe("One payment link, in an envelope as in Qonto's API.");

/** Response of `GET /v1/payment_links`. */
export const servedPaymentLinkPageSchema = paymentLinkPageSchema
  .extend({ payment_links: z.array(servedPaymentLinkSchema) })
  .describe("A page of payment links, with the pagination of Qonto's API.") satisfies z.ZodType<ServedPaymentLinkPage>;

/** Response of `GET` and `POST /v1/connection`. */
export const connectionAnswerSchema = connectionSchema
  .extend({
    needs_reconnect: consentProblemSchema
      .nullable()
      .describe("Why the merchant must reauthorize; null: not necessary."),
  })
  .describe(
    "The connection to the payment provider in the shape of Qonto's API.",
  ) satisfies z.ZodType<ConnectionAnswer>;
