import * as z from "zod";
import { knownEnd } from "./known-end.ts";
import {
  type BasketItem,
  type CreateBasketPaymentLink,
  type CreateInvoicePaymentLink,
  type CreatePaymentLink,
  type ListPaymentLinksQuery,
  type ListPaymentMethodsQuery,
  type ListPaymentsQuery,
  PAYMENT_LINK_ORDERS,
  PAYMENT_LINK_STATUSES,
  PAYMENT_METHODS,
  PAYMENT_ORDERS,
  PAYMENT_STATUSES,
  type Payment,
  type PaymentLink,
  type PaymentLinkToCreate,
  type PaymentMethod,
} from "./payment-link.ts";
import { optionalTextSchema, textSchema } from "../text/text.schema.ts";
import { trimZeros } from "../money/decimal.ts";
import { roundQuantity } from "../money/quantity.ts";

/** A decimal string without sign, exponent, comma or space. */
const decimal = z.string().regex(/^\d{1,15}(\.\d{1,10})?$/, "must be a decimal string");
const currency = z.string().regex(/^[A-Z]{3}$/, "must be an ISO 4217 currency code");
const methods = z.array(z.enum(PAYMENT_METHODS)).min(1);

// Shops write "12.0000", "eur" and 0.30000000000000004. Qonto receives 12.00, EUR and 0.3.
const sentTwoDecimals = z
  .string()
  .regex(/^\d{1,13}(\.\d{1,2}0{0,30})?$/, "must be a decimal string with 2 decimal places at most")
  .overwrite(trimZeros);
const sentCurrency = z
  .string()
  .regex(/^[A-Za-z]{3}$/, "must be an ISO 4217 currency code")
  .overwrite((code) => code.toUpperCase());
const sentAmount = z.strictObject({ value: sentTwoDecimals, currency: sentCurrency });

/** Qonto documents no limit for its texts. Integrators keep to 120 to 255 characters (field notes of 2026-11-29, 3.4). */
const MOST_CHARACTERS = 2000;

const sentItem = z.strictObject({
  title: textSchema(MOST_CHARACTERS),
  type: z.enum(["good", "service"]).optional(),
  description: optionalTextSchema(MOST_CHARACTERS).optional(),
  quantity: z.number().positive().overwrite(roundQuantity),
  measure_unit: optionalTextSchema(MOST_CHARACTERS).optional(),
  unit_price: sentAmount,
  vat_rate: decimal.overwrite(trimZeros),
});

/** Strict: the request body of a basket's link. Source: `CreateBasketPaymentLink`. */
export const createBasketPaymentLinkSchema = z.strictObject({
  payment_link: z.strictObject({
    potential_payment_methods: methods,
    reusable: z.boolean(),
    items: z.array(sentItem).min(1),
  }),
}) satisfies z.ZodType<CreateBasketPaymentLink>;

/** Strict: the request body of an invoice's link. Source: `CreateInvoicePaymentLink`. */
export const createInvoicePaymentLinkSchema = z.strictObject({
  payment_link: z.strictObject({
    invoice_id: z.uuid(),
    invoice_number: textSchema(MOST_CHARACTERS),
    debitor_name: textSchema(MOST_CHARACTERS),
    amount: sentAmount,
    potential_payment_methods: methods,
  }),
}) satisfies z.ZodType<CreateInvoicePaymentLink>;

/** Strict: the request body of either link. */
export const createPaymentLinkSchema = z.union([
  createBasketPaymentLinkSchema,
  createInvoicePaymentLinkSchema,
]) satisfies z.ZodType<CreatePaymentLink>;

/** The form of Qonto's names. */
const methodNames = z.array(z.string().regex(/^[a-z0-9_]{1,64}$/)).min(1);

/** Strict: the request body of either link, with methods that Qonto has listed. */
export const paymentLinkToCreateSchema = z.union([
  z.strictObject({
    payment_link: createBasketPaymentLinkSchema.shape.payment_link.extend({ potential_payment_methods: methodNames }),
  }),
  z.strictObject({
    payment_link: createInvoicePaymentLinkSchema.shape.payment_link.extend({ potential_payment_methods: methodNames }),
  }),
]) satisfies z.ZodType<PaymentLinkToCreate>;

/** A whole number as the text of a query. */
function wholeNumber(max: number) {
  const rule = `must be a whole number from 1 to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .pipe(z.int().min(1, rule).max(max, rule))
    .optional();
}

const page = { page: wholeNumber(999_999_999), per_page: wholeNumber(100) };

/** Strict: the query of a list of links, as text. Source: `getPaymentLinks`. */
export const listPaymentLinksQuerySchema = z.strictObject({
  status: z.array(z.enum(PAYMENT_LINK_STATUSES)).min(1).optional(),
  sort_by: z.enum(PAYMENT_LINK_ORDERS).optional(),
  ...page,
}) satisfies z.ZodType<ListPaymentLinksQuery>;

/** Strict: the query of a list of payments, as text. */
export const listPaymentsQuerySchema = z.strictObject({
  status: z.array(z.enum(PAYMENT_STATUSES)).min(1).optional(),
  sort_by: z.enum(PAYMENT_ORDERS).optional(),
  ...page,
}) satisfies z.ZodType<ListPaymentsQuery>;

/** Lenient: an amount as Qonto returns it. */
export const qontoMoneySchema = z.looseObject({ value: decimal, currency });

const absentWhereNull = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined)
  .pipe(z.string().optional());

/** Lenient: one line of a basket as Qonto returns it. */
export const basketItemSchema = z.looseObject({
  title: z.string(),
  type: z.enum(["good", "service"]).optional().catch(undefined),
  description: absentWhereNull,
  quantity: z.number(),
  measure_unit: absentWhereNull,
  unit_price: qontoMoneySchema,
  vat_rate: z.string(),
}) satisfies z.ZodType<BasketItem>;

/** An end that is not known is null, regardless of what Qonto wrote in its place: text, a number or anything else. */
const endSchema = z
  .unknown()
  .optional()
  .transform((end) => (typeof end === "string" && knownEnd(end) !== null ? end : null))
  .pipe(z.string().nullable().describe("ISO 8601; null where no end is known."));

/** Lenient: a payment link as Qonto returns it. */
export const paymentLinkSchema = z
  .looseObject({
    id: z.string().min(1),
    status: z.string(),
    expiration_date: endSchema,
    potential_payment_methods: z.array(z.string()),
    amount: qontoMoneySchema,
    resource_type: z.string(),
    reusable: z.boolean(),
    created_at: z.string(),
    url: z.string(),
    items: z.array(basketItemSchema).nullish(),
    invoice_id: z.string().nullish(),
    invoice_number: z.string().nullish(),
    debitor_name: z.string().nullish(),
  })
  // An end before the creation is also ignored.
  .overwrite((link) =>
    knownEnd(link.expiration_date, link.created_at) === null ? { ...link, expiration_date: null } : link,
  ) satisfies z.ZodType<PaymentLink>;

/** One link, read bare or under `payment_link`: Qonto's documentation has shown both. */
export const onePaymentLinkSchema = z.union([
  z.looseObject({ payment_link: paymentLinkSchema }).transform((envelope) => envelope.payment_link),
  paymentLinkSchema,
]);

/** Strict: the query of `GET /v2/payment_links/payment_methods`. */
export const listPaymentMethodsQuerySchema = z
  .strictObject({
    amount: sentTwoDecimals.optional().describe("With `currency`: the methods for this amount, as `12.00`."),
    currency: sentCurrency.optional().describe("With `amount`."),
  })
  .refine(({ amount, currency: of }) => (amount === undefined) === (of === undefined), {
    message: "must come with `currency`, and `currency` with it",
    path: ["amount"],
  }) satisfies z.ZodType<ListPaymentMethodsQuery>;

/** Lenient page arithmetic of a list. */
export const paginationSchema = z.looseObject({
  current_page: z.number(),
  next_page: z.number().nullable(),
  prev_page: z.number().nullable(),
  total_pages: z.number(),
  total_count: z.number(),
  per_page: z.number(),
});

/** Lenient: a page of links. */
export const paymentLinkPageSchema = z.looseObject({
  payment_links: z.array(paymentLinkSchema),
  meta: paginationSchema,
});

/** Lenient: a payment as Qonto returns it. */
export const paymentSchema = z.looseObject({
  id: z.string(),
  amount: qontoMoneySchema,
  status: z.string(),
  created_at: z.string(),
  payment_method: z.string().nullish(),
  paid_at: z.string().nullish(),
  debitor_email: z.string().nullish(),
}) satisfies z.ZodType<Payment>;

/** Lenient: a page of one link's payments. */
export const paymentPageSchema = z.looseObject({ payments: z.array(paymentSchema), meta: paginationSchema });

/** Lenient: the payment methods of the merchant. */
export const paymentMethodsSchema = z.looseObject({
  payment_link_payment_methods: z.array(
    z.looseObject({ name: z.string(), enabled: z.boolean() }) satisfies z.ZodType<PaymentMethod>,
  ),
});
