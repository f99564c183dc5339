import type { CreateBasketPaymentLink, CreateInvoicePaymentLink } from "@qonto-pay/core/qonto";
import * as z from "zod";
import { badRequest, invalidBody } from "../api/api-error.ts";
import { PAYMENT_METHODS, type PaymentMethodName } from "../state/payment-methods.ts";

// Written from Qonto's contract, independently of `@qonto-pay/core/qonto.schema`: otherwise a mistake in the client's
// schema would be accepted here too. Unknown fields are ignored, as documented.

/** A client's body, with the payment methods that only the sandbox knows. */
interface Sent<Body extends { readonly payment_link: object }> {
  readonly payment_link: Omit<Body["payment_link"], "potential_payment_methods"> & {
    readonly potential_payment_methods: readonly PaymentMethodName[];
  };
}

const twoDecimals = z
  .string()
  .regex(/^\d{1,13}(\.\d{1,2})?$/, "must be a decimal string with 2 decimal places at most");
/** For a number, Qonto was observed to answer with this text of Go's JSON decoder. */
const vatRate = z
  .string({
    error: ({ input }) =>
      typeof input === "number"
        ? "json: cannot unmarshal number into Go struct field .payment_link.items.vat_rate of type string"
        : undefined,
  })
  .regex(/^\d{1,15}(\.\d{1,10})?$/, "must be a decimal string");
const currency = z.string().regex(/^[A-Z]{3}$/, "must be an ISO 4217 currency code");
const potentialPaymentMethods = z.array(z.enum(PAYMENT_METHODS)).min(1);

const basketSchema = z.object({
  payment_link: z.object({
    potential_payment_methods: potentialPaymentMethods,
    reusable: z.boolean(),
    items: z
      .array(
        z.object({
          title: z.string().min(1),
          type: z.enum(["good", "service"]).optional(),
          description: z.string().optional(),
          quantity: z.number().positive(),
          measure_unit: z.string().optional(),
          unit_price: z.object({ value: twoDecimals, currency }),
          vat_rate: vatRate,
        }),
      )
      .min(1),
  }),
}) satisfies z.ZodType<Sent<CreateBasketPaymentLink>>;

const invoiceSchema = z.object({
  payment_link: z.object({
    invoice_id: z.guid(),
    invoice_number: z.string().min(1),
    debitor_name: z.string().min(1),
    amount: z.object({ value: twoDecimals, currency }),
    potential_payment_methods: potentialPaymentMethods,
  }),
}) satisfies z.ZodType<Sent<CreateInvoicePaymentLink>>;

export type PaymentLinkBody =
  | ({ readonly resource_type: "Basket" } & Sent<CreateBasketPaymentLink>["payment_link"])
  | ({ readonly resource_type: "Invoice" } & Sent<CreateInvoicePaymentLink>["payment_link"]);

/**
 * Reads the body of `POST /v2/payment_links`: a basket or an invoice. The contract says "one of", so a body that is
 * both is rejected.
 *
 * @throws ApiError 400 with a pointer to each invalid field.
 */
export function readPaymentLinkBody(body: unknown): PaymentLinkBody {
  const basket = basketSchema.safeParse(body);
  const invoice = invoiceSchema.safeParse(body);
  if (basket.success && invoice.success) {
    throw badRequest("A payment link is either a basket or an invoice, not both", "/payment_link");
  }
  if (basket.success) return { resource_type: "Basket", ...basket.data.payment_link };
  if (invoice.success) return { resource_type: "Invoice", ...invoice.data.payment_link };
  throw invalidBody((looksLikeInvoice(body) ? invoice : basket).error.issues);
}

const invoiceFields = z.object({
  payment_link: z.union([
    z.object({ invoice_id: z.unknown() }).required(),
    z.object({ invoice_number: z.unknown() }).required(),
  ]),
});

function looksLikeInvoice(body: unknown): boolean {
  return invoiceFields.safeParse(body).success;
}
