import { z } from "zod";
import type { Product } from "./product.ts";

const money = z.strictObject({
  value: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, "must be a decimal string with 2 decimal places at most"),
  currency: z.literal("EUR"),
});

const base = {
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, "must be lower-case letters, digits, _ or -"),
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

/** Strict: a product as the merchant writes it. Euro only: what Qonto's payment links are documented with. */
export const productSchema = z.union([fixedPrice, openAmount]) satisfies z.ZodType<Product>;
