import * as z from "zod";
import { isVisible } from "../../text/tidy-text.ts";
import { optionalTextSchema, referenceSchema, textSchema } from "../../text/text.schema.ts";
import { PAYMENT_METHODS } from "../../qonto/payment-link.ts";
import { checkoutStatusSchema } from "./checkout.schema.ts";
import { cursorPage } from "../values/cursor.schema.ts";
import { eurosSchema, unroundedEurosSchema } from "../values/euros.schema.ts";
import { localeSchema } from "./locale.schema.ts";
import type { OfferedCheckout } from "./offer.ts";
import { neededWithout, notBoth } from "../values/one-of-two.schema.ts";
import {
  CHECKOUT_OPENERS,
  type CheckoutsQuery,
  type CreateServerCheckoutRequest,
  DEFAULT_EXPIRES_IN,
  MOST_METADATA,
  type UpdateCheckoutRequest,
} from "./server-checkout.ts";
import { allowSmallVatRateSchema, isPercentage, SMALL_VAT_RATE, vatRateSchema } from "../values/vat-rate.schema.ts";

const sold = {
  title: textSchema(120),
  description: textSchema(500).optional(),
  type: z.enum(["good", "service"]).optional(),
  quantity: z.number().positive().max(999_999).describe("Rounded to six decimals before any calculation."),
  measure_unit: textSchema(40).optional(),
};

const taxed = {
  tax_behavior: z.enum(["inclusive", "exclusive"]).describe("Whether `price`, or `line_total`, contains the VAT."),
  vat_rate: vatRateSchema,
  allow_small_vat_rate: allowSmallVatRateSchema,
};

const NOT_BOTH = notBoth("price", "line_total");

const priced = z.strictObject(
  {
    ...sold,
    price: z.strictObject(eurosSchema.shape, neededWithout("line_total")).describe("Price of one unit."),
    ...taxed,
  },
  NOT_BOTH,
);

const totaled = z.strictObject(
  {
    ...sold,
    line_total: z
      .strictObject(unroundedEurosSchema.shape, neededWithout("price"))
      .describe(
        "The unrounded price of the whole line, instead of `price`: `43.092`. Such totals are added up first, and their sum is rounded.",
      ),
    ...taxed,
  },
  NOT_BOTH,
);

const item = z.union([priced, totaled]).refine(isPercentage, SMALL_VAT_RATE);

/** Stored in the form of the URL parser. The merchant's object checks that it is one of the merchant's own pages. */
const page = z
  .string()
  .max(2000, { abort: true })
  .check(
    z.url({
      protocol: /^https?$/,
      normalize: true,
      error: "must be an http or https address, like https://shop.example/thanks",
    }),
  )
  .max(2000);

const invoice = z.strictObject({
  invoice_id: z.guid(),
  invoice_number: textSchema(120),
  debitor_name: textSchema(200),
  amount: eurosSchema,
});

const CONTROLS = /(?![\t\n\r])\p{Cc}/u;

/**
 * Metadata is the shop's own data and is never changed. Rejects text that is invisible or can't be returned unchanged.
 */
function refuseUnreadable(metadata: Readonly<Record<string, string | null>>, context: z.RefinementCtx): void {
  for (const [key, value] of Object.entries(metadata)) {
    const message =
      textProblemOf(key) ??
      (/[\n\r\t]/.test(key) ? "must have no line break or tab in its key" : textProblemOf(value ?? ""));
    if (message !== null) context.addIssue({ code: "custom", path: [key], message });
  }
}

function textProblemOf(text: string): string | null {
  if (/\p{Surrogate}/u.test(text)) return "must have no lone surrogate (half of a character)";
  if (CONTROLS.test(text)) return "must have no control characters except line breaks and tabs";
  if (text.trim() !== "" && !isVisible(text)) return "must have a visible character, or be empty";
  return null;
}

const metadataKey = z.string().min(1).max(40);
const metadataValue = z.string().max(500);
const TOO_MUCH_METADATA = `must have ${MOST_METADATA} entries at most`;

const fields = {
  items: z.array(item).min(1).max(100).describe("Lines with the server's own prices.").optional(),
  discount: eurosSchema
    .describe(
      "A discount on the whole basket, in the `tax_behavior` of its items, which must be the same for all. It is spread over the VAT rates and lines in proportion to their prices, and is never a line of its own.",
    )
    .optional(),
  store_credit: eurosSchema
    .describe(
      "The part of the order that the shopper pays by other means (a gift card, store credit), VAT included. A means of payment: it is subtracted after the discount, from all VAT rates and lines in proportion.",
    )
    .optional(),
  total: eurosSchema
    .describe(
      "The amount that the shop will record for this payment: VAT included, after discount and store credit. If the sum of the items differs, the request is rejected with `total_mismatch` before anything is sent to Qonto.",
    )
    .optional(),
  invoice: invoice.describe("One of the merchant's invoices, instead of `items`.").optional(),
  payment_methods: z
    .array(z.enum(PAYMENT_METHODS))
    .min(1)
    .describe("The enabled methods that may be used, by default all of them.")
    .optional(),
  reference: referenceSchema
    .describe(
      "The shop's own order number. Qonto shows it before the title of the first line. Each is paid once: a new checkout replaces an open one once Qonto has deactivated its link, and is rejected with `order_already_paid` after one that is paid or processing.",
    )
    .optional(),
  metadata: z
    .record(metadataKey, metadataValue)
    .refine((metadata) => Object.keys(metadata).length <= MOST_METADATA, TOO_MUCH_METADATA)
    .superRefine(refuseUnreadable)
    .describe(
      "The shop's own data: at most 20 strings, returned unchanged. Lone surrogates, and control characters except line breaks and tabs, are rejected.",
    )
    .optional(),
  expires_in: z
    .int()
    .min(300)
    .max(DEFAULT_EXPIRES_IN)
    .describe(
      "Seconds until the checkout can no longer be paid. By default it ends with Qonto's link, or after 30 days (2592000) if Qonto gives the link no end.",
    )
    .optional(),
  success_url: page
    .describe(
      "Where the status page (`status_url`) leads after the payment: a page of the allowed origins. This URL is not sent to Qonto, whose pay page leads nowhere after the payment.",
    )
    .optional(),
  cancel_url: page
    .describe(
      "Where the status page (`status_url`) leads before the payment, and after the checkout ended unpaid: a page of the allowed origins. This URL is not sent to Qonto.",
    )
    .optional(),
  locale: localeSchema
    .describe(
      "The locale of the status page (`status_url`), a BCP 47 tag such as `de` or `de-AT`. Its language is one of de, en, es, fr, it, nl and pt. By default, the page is in the language of the shopper's browser.",
    )
    .optional(),
};

interface Sold {
  readonly items?: unknown;
  readonly invoice?: unknown;
  readonly discount?: unknown;
  readonly store_credit?: unknown;
  readonly total?: unknown;
}
const isSomething = ({ items, invoice: bill }: Sold): boolean => items !== undefined || bill !== undefined;
const SOMETHING = { path: ["items"], message: "must be given where `invoice` is not" };
const isOneThing = ({ items, invoice: bill }: Sold): boolean => items === undefined || bill === undefined;
const ONE_THING = { path: ["invoice"], message: "must not be given with `items`" };

/** Fields of a basket only: an invoice already has its amount. */
const OF_ITEMS = ["discount", "store_credit", "total"] as const;

function refuseWithInvoice(request: Sold, context: z.RefinementCtx): void {
  if (request.invoice === undefined) return;
  const field = OF_ITEMS.find((name) => request[name] !== undefined);
  if (field === undefined) return;
  context.addIssue({
    code: "custom",
    path: [field],
    message: "must not be given with `invoice`, which has its amount",
  });
}

/**
 * Strict: the merchant server's body of `POST /v1/checkouts`. Euro only, the currency with which Qonto documents its
 * links.
 */
export const createServerCheckoutRequestSchema = z
  .strictObject({
    ...fields,
    reusable: z.boolean().describe("Whether several people may pay it, each once. Not for an invoice.").optional(),
  })
  .refine(isSomething, SOMETHING)
  .refine(isOneThing, ONE_THING)
  .superRefine(refuseWithInvoice)
  .refine((request) => request.invoice === undefined || request.reusable !== true, {
    path: ["reusable"],
    message: "must not be given for an invoice",
  }) satisfies z.ZodType<CreateServerCheckoutRequest>;

/** Strict: the checkout that an offer has signed. */
export const offeredCheckoutSchema = z
  .strictObject(fields)
  .refine(isSomething, SOMETHING)
  .refine(isOneThing, ONE_THING)
  .superRefine(refuseWithInvoice) satisfies z.ZodType<OfferedCheckout>;

/**
 * Strict: the body of `PATCH /v1/checkouts/{id}`. The operation checks the number of metadata entries after the merge.
 */
export const updateCheckoutRequestSchema = z.strictObject({
  reference: referenceSchema
    .nullable()
    .describe(
      "The shop's own order number; null removes it. It is rejected with `order_already_paid` if another checkout for it is paid or processing. An open checkout, or one that is processing, replaces the open ones with the same reference. After a payment, the reference that the checkout was opened with stays taken.",
    )
    .optional(),
  metadata: z
    .record(metadataKey, metadataValue.nullable())
    .superRefine(refuseUnreadable)
    .nullable()
    .describe(
      "Merged by key into the existing metadata: at most 20 entries afterwards. A null value removes the entry; null instead of the object removes all entries.",
    )
    .optional(),
}) satisfies z.ZodType<UpdateCheckoutRequest>;

const time = z.iso.datetime({ offset: true });

/** The actor who opened a checkout. */
export const openerSchema = z.enum(CHECKOUT_OPENERS);

export const OPENED_BY =
  "Who opened the checkout: the merchant's `server` with a secret key, a shopper with an `offer` that the server signed, or any page visitor with a `button`. Amount and `reference` come from the merchant only for `server` and `offer`, or if the server has set the reference since.";

/** Strict: the query of `GET /v1/checkouts`, whose values are all text. */
export const checkoutsQuerySchema = z.strictObject({
  status: z.array(checkoutStatusSchema).min(1).optional(),
  reference: optionalTextSchema(64)
    .describe("Also matches references that a shopper chose with a button: see `opened_by`.")
    .optional(),
  metadata: z
    .record(metadataKey, metadataValue)
    .refine((metadata) => Object.keys(metadata).length <= MOST_METADATA, TOO_MUCH_METADATA)
    .describe("Metadata entries that a checkout must have, all of them with the exact value: `metadata[order_id]=123`.")
    .optional(),
  opened_by: z.array(openerSchema).min(1).describe(OPENED_BY).optional(),
  created_from: time.describe("Inclusive.").optional(),
  created_before: time.describe("Exclusive.").optional(),
  ...cursorPage("co"),
}) satisfies z.ZodType<CheckoutsQuery>;
