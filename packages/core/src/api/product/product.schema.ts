import * as z from "zod";
import { cursorPage } from "../values/cursor.schema.ts";
import { eurosSchema } from "../values/euros.schema.ts";
import { countCharacters } from "../../text/cut-text.ts";
import { isVisible, tidyText } from "../../text/tidy-text.ts";
import { rawTextSchema, textSchema } from "../../text/text.schema.ts";
import type { Product, ProductsQuery, UpdateProductRequest } from "./product.ts";
import { neededWithout, notBoth } from "../values/one-of-two.schema.ts";
import { allowSmallVatRateSchema, isPercentage, SMALL_VAT_RATE, vatRateSchema } from "../values/vat-rate.schema.ts";

const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, "must be lower-case letters, digits, _ or -");

/** An empty description means no description: forms send `""` for it. */
const description = rawTextSchema(500)
  .refine((text) => text === "" || isVisible(text), "must have a visible character, or be empty")
  .overwrite(tidyText)
  .refine((text) => countCharacters(text) <= 500, "must be 500 characters at most")
  .meta({ maxLength: 500 });

const title = textSchema(120).describe("The title that the shopper sees on the pay page.");
const type = z.enum(["good", "service"]);
const taxBehavior = z.enum(["inclusive", "exclusive"]).describe("Whether `price` contains the VAT.");
const quantity = z.int().min(1).max(9999);

const base = {
  title,
  description: description.optional(),
  type: type.default("good"),
  vat_rate: vatRateSchema,
  allow_small_vat_rate: allowSmallVatRateSchema,
};

const NOT_BOTH = notBoth("price", "open_amount");

const fixedPrice = z.strictObject(
  {
    ...base,
    price: z.strictObject(eurosSchema.shape, neededWithout("open_amount")),
    tax_behavior: taxBehavior,
    min_quantity: quantity.default(1),
    max_quantity: quantity.default(99),
  },
  NOT_BOTH,
);

const openAmount = z.strictObject(
  {
    ...base,
    open_amount: z
      .strictObject({ min: eurosSchema, max: eurosSchema }, neededWithout("price"))
      .describe("The shopper chooses the amount within these bounds, VAT included."),
  },
  NOT_BOTH,
);

/** The path of `/v1/products/{id}`. */
export const productIdSchema = z.object({ id });

/** Strict: the query of `GET /v1/products`, whose values are all text. */
export const productsQuerySchema = z.strictObject({
  ...cursorPage("product"),
  after: id.optional(),
}) satisfies z.ZodType<ProductsQuery>;

/**
 * Strict: the body of `PUT /v1/products/{id}`. Euro only, the currency with which Qonto documents its payment links.
 */
export const productBodySchema = z.union([fixedPrice, openAmount]).refine(isPercentage, SMALL_VAT_RATE);

/** Strict: the body of `PATCH /v1/products/{id}`. The resulting product is validated like the body of a `PUT`. */
export const updateProductRequestSchema = z.strictObject({
  title: title.optional(),
  description: description.nullable().optional(),
  type: type.nullable().optional(),
  vat_rate: vatRateSchema.optional(),
  allow_small_vat_rate: allowSmallVatRateSchema.nullable(),
  price: eurosSchema.describe("Replaces `open_amount`.").optional(),
  tax_behavior: taxBehavior.optional(),
  min_quantity: quantity.nullable().optional(),
  max_quantity: quantity.nullable().optional(),
  open_amount: z
    .strictObject({ min: eurosSchema, max: eurosSchema })
    .describe("Replaces `price`, `tax_behavior` and the quantities.")
    .optional(),
}) satisfies z.ZodType<UpdateProductRequest>;

/** Strict: a product with its id. */
export const productSchema = z.union([
  fixedPrice.extend({ id }),
  openAmount.extend({ id }),
]) satisfies z.ZodType<Product>;
