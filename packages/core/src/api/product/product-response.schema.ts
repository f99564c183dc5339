import * as z from "zod";
import { pageSchema } from "../values/cursor.schema.ts";
import { basketItemSchema } from "../../qonto/payment-link.schema.ts";
import { moneySchema } from "../values/money.schema.ts";
import type { ProductAnswer, ProductPage } from "./product.ts";
import { productSchema } from "./product.schema.ts";

/** Response of `GET /v1/products`. */
export const productPageSchema = pageSchema(productSchema).describe(
  "Products, by id. The last item's `id` is the `after` of the next page.",
) satisfies z.ZodType<ProductPage>;

/** Response of `PUT` and `GET /v1/products/{id}`. */
export const productAnswerSchema = z
  .object({
    product: productSchema,
    preview: z
      .object({
        amount: moneySchema.describe("What the shopper pays, VAT included."),
        lines: z.array(basketItemSchema),
        needs_more_than_one_line: z.boolean(),
        why: z.string().describe("One English sentence that explains the lines."),
      })
      .nullable()
      .describe("The pay page for the smallest quantity. Null for an open amount."),
    rounding_policies: z
      .array(
        z.object({
          level: z.enum(["unit", "line", "rate", "total", "en16931"]),
          mode: z.enum(["half_up", "half_even"]),
        }),
      )
      .describe(
        "The rounding policies that explain every amount that Qonto has answered so far. Empty: no known policy does.",
      ),
  })
  .describe("A product, and how the pay page shows its price.") satisfies z.ZodType<ProductAnswer>;
