import { z } from "zod";
import { cursorPage } from "./cursor.schema.ts";
import type { Product, ProductsQuery } from "./product.ts";

const money = z.strictObject({
  value: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, "must be a decimal string with 2 decimal places at most"),
  currency: z.literal("EUR"),
});

const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, "must be lower-case letters, digits, _ or -");

const base = {
  title: z.string().min(1).max(120),
  description: z.string().max(500).optional(),
  type: z.enum(["good", "service"]).default("good"),
  vat_rate: z.string().regex(/^\d{1,2}(\.\d{1,2})?$/, "must be a percentage as a decimal string"),
};

const fixedPrice = z.strictObject({
  ...base,
  price: money,
  tax_behavior: z.enum(["inclusive", "exclusive"]),
  min_quantity: z.int().min(1).max(9999).default(1),
  max_quantity: z.int().min(1).max(9999).default(99),
});

const openAmount = z.strictObject({ ...base, open_amount: z.strictObject({ min: money, max: money }) });

/** The path of `/v1/products/{id}`. */
export const productIdSchema = z.object({ id });

/** Strict: the query of `GET /v1/products`, whose values are all text. */
export const productsQuerySchema = z.strictObject({
  ...cursorPage("product"),
  after: id.optional(),
}) satisfies z.ZodType<ProductsQuery>;

/** Strict: the body of `PUT /v1/products/{id}`. Euro only: what Qonto's payment links are documented with. */
export const productBodySchema = z.union([fixedPrice, openAmount]);

/** Strict: a product with its name. */
export const productSchema = z.union([
  fixedPrice.extend({ id }),
  openAmount.extend({ id }),
]) satisfies z.ZodType<Product>;
