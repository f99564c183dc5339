import * as z from "zod";
import { pageSchema } from "../values/cursor.schema.ts";
import { basketItemSchema } from "../../qonto/payment-link.schema.ts";
import { moneySchema } from "../values/money.schema.ts";
import type { ProductAnswer, ProductPage } from "./product.ts";
import { productSchema } from "./product.schema.ts";

/** The answer of `GET /v1/products`. */
export const productPageSchema = pageSchema(productSchema).describe(
  "Products, by id. The last one's `id` is the `after` of the next page.",
) satisfies z.ZodType<ProductPage>;

/** The answer of `PUT` and `GET /v1/products/{id}`. */
export const productAnswerSchema = z
  .object({
    product: productSchema,
    preview: z
      .object({
        amount: moneySchema.describe("What the shopper pays, VAT included."),
        lines: z.array(basketItemSchema),
        needs_more_than_one_line: z.boolean(),
        why: z.string().describe("One English sentence: why the lines look as they do."),
      })
      .nullable()
      .describe("What a shopper of the smallest quantity sees on the pay page. Null for an open amount."),
    rounding_policies: z
      .array(
        z.object({
          level: z.enum(["unit", "line", "rate", "total", "en16931"]),
          mode: z.enum(["half_up", "half_even"]),
        }),
      )
      .describe("The ways of rounding that explain every amount Qonto has answered so far. Empty: none that is known."),
  })
  .describe("A product, and what becomes of its price on the pay page.") satisfies z.ZodType<ProductAnswer>;
