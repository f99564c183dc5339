import * as z from "zod";
import { connectionSchema } from "../../qonto/connection.schema.ts";
import { paymentLinkPageSchema, paymentLinkSchema } from "../../qonto/payment-link.schema.ts";
import { consentProblemSchema } from "../event/event-response.schema.ts";
import type { ConnectionAnswer, ServedPaymentLink, ServedPaymentLinkPage } from "./payment-links.ts";
import { checkoutSnapshotSchema } from "../checkout/server-checkout-response.schema.ts";

/** A payment link in Qonto's own shape. */
export const servedPaymentLinkSchema = paymentLinkSchema
  .extend({
    checkout: checkoutSnapshotSchema
      .pick({ id: true, opened_by: true, status: true, reference: true, metadata: true })
      .describe("Only of a link that was made here.")
      .exactOptional(),
  })
  .describe(
    "A payment link in Qonto's own shape. One that was made here carries its checkout.",
  ) satisfies z.ZodType<ServedPaymentLink>;

/** The answer of each operation on one payment link. */
export const onePaymentLinkAnswerSchema = z
  .object({ payment_link: servedPaymentLinkSchema })
  .describe("One payment link, in an envelope as Qonto's.");

/** The answer of `GET /v1/payment_links`. */
export const servedPaymentLinkPageSchema = paymentLinkPageSchema
  .extend({ payment_links: z.array(servedPaymentLinkSchema) })
  .describe("A page of payment links, with Qonto's own page arithmetic.") satisfies z.ZodType<ServedPaymentLinkPage>;

/** The answer of `GET` and `POST /v1/connection`. */
export const connectionAnswerSchema = connectionSchema
  .extend({
    needs_reconnect: consentProblemSchema
      .nullable()
      .describe("Why the merchant has to connect Qonto again; null: they need not."),
  })
  .describe("The connection to the payment provider in Qonto's own shape.") satisfies z.ZodType<ConnectionAnswer>;
