import { z } from "zod";
import { PAYMENT_METHODS } from "../qonto/payment-link.ts";
import { CHECKOUT_STATUSES } from "./checkout.ts";
import { cursorPage } from "./cursor.schema.ts";
import type { OfferedCheckout } from "./offer.ts";
import type { CheckoutsQuery, CreateServerCheckoutRequest } from "./server-checkout.ts";

const euros = z.strictObject({
  value: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, "must be a decimal string with 2 decimal places at most"),
  currency: z.literal("EUR"),
});

const text = (max: number) => z.string().trim().min(1).max(max);

const item = z.strictObject({
  title: text(120),
  description: text(500).optional(),
  type: z.enum(["good", "service"]).optional(),
  quantity: z.number().positive().max(999_999),
  measure_unit: text(40).optional(),
  price: euros,
  tax_behavior: z.enum(["inclusive", "exclusive"]),
  vat_rate: z.string().regex(/^\d{1,2}(\.\d{1,2})?$/, "must be a percentage as a decimal string"),
});

/** Whether it is one of the merchant's own pages is for the merchant's object to tell. */
const page = z.url({ protocol: /^https?$/ }).max(2000);

const invoice = z.strictObject({
  invoice_id: z.guid(),
  invoice_number: text(120),
  debitor_name: text(200),
  amount: euros,
});

const fields = {
  items: z.array(item).min(1).max(100).optional(),
  invoice: invoice.optional(),
  payment_methods: z.array(z.enum(PAYMENT_METHODS)).min(1).optional(),
  reference: z
    .string()
    .regex(/^[\x20-\x7e]{1,64}$/, "must be 1 to 64 printable ASCII characters")
    .optional(),
  metadata: z
    .record(z.string().min(1).max(40), z.string().max(500))
    .refine((metadata) => Object.keys(metadata).length <= 20, "must have 20 entries at most")
    .optional(),
  expires_in: z.int().min(300).max(2_592_000).optional(),
  success_url: page.optional(),
  cancel_url: page.optional(),
};

const isOneThing = ({ items, invoice: bill }: { items?: unknown; invoice?: unknown }): boolean =>
  (items === undefined) !== (bill === undefined);
const ONE_THING = { path: ["items"], message: "must be given where `invoice` is not" };

/** Strict: the merchant server's body of `POST /v1/checkouts`. Euro only: what Qonto's links are documented with. */
export const createServerCheckoutRequestSchema = z
  .strictObject({ ...fields, reusable: z.boolean().optional() })
  .refine(isOneThing, ONE_THING)
  .refine((request) => request.invoice === undefined || request.reusable !== true, {
    path: ["reusable"],
    message: "must not be given for an invoice",
  }) satisfies z.ZodType<CreateServerCheckoutRequest>;

/** Strict: what an offer has signed. */
export const offeredCheckoutSchema = z
  .strictObject(fields)
  .refine(isOneThing, ONE_THING) satisfies z.ZodType<OfferedCheckout>;

const time = z.iso.datetime({ offset: true });

/** Strict: the query of `GET /v1/checkouts`, whose values are all text. */
export const checkoutsQuerySchema = z.strictObject({
  status: z.array(z.enum(CHECKOUT_STATUSES)).min(1).optional(),
  reference: z.string().max(64).optional(),
  created_from: time.optional(),
  created_before: time.optional(),
  ...cursorPage("co"),
}) satisfies z.ZodType<CheckoutsQuery>;
