import {
  priceRequestSchema,
  priceSchema,
  productAnswerSchema,
  productBodySchema,
  productPageSchema,
  productsQuerySchema,
  updateProductRequestSchema,
} from "@qonto-pay/core/api.schema";
import { AMOUNT, ITEM, PRODUCT, PRODUCT_BODY } from "../examples.ts";
import type { Operations } from "../operation.ts";
import { origin, productId } from "../parameters.ts";

const ANSWER = {
  product: PRODUCT,
  preview: { amount: AMOUNT, lines: [ITEM], needs_more_than_one_line: false, why: "The price is sent as it is." },
  rounding_policies: [{ level: "line", mode: "half_up" }],
};

export const products: Operations = {
  "POST /v1/prices": {
    id: "quotePrice",
    tag: "Products",
    summary: "Quote a price",
    description:
      "For the shopper's page, with the fields of the pay call. It changes nothing, and an offer can still be taken afterwards. The body can be sent as `text/plain`, which avoids the CORS preflight.",
    caller: "anyone",
    headers: { Origin: origin },
    request: {
      schema: priceRequestSchema,
      examples: {
        "A product": { publishable_key: "pk_sandbox_demo", product: "mug" },
        "A basket": {
          publishable_key: "pk_sandbox_demo",
          items: [{ product: "mug", quantity: 2 }, { product: "poster" }],
        },
      },
    },
    answers: [
      {
        status: 200,
        description: "The price.",
        schema: priceSchema,
        example: { amount: AMOUNT },
      },
    ],
    errors: [
      "amount_out_of_range",
      "invalid_key",
      "key_environment_mismatch",
      "offer_expired",
      "invalid_offer",
      "origin_not_allowed",
      "overloaded",
      "product_not_found",
      "quantity_out_of_range",
      "rate_limited",
      "total_mismatch",
    ],
  },
  "GET /v1/products": {
    id: "listProducts",
    tag: "Products",
    summary: "List products",
    description: "The catalogue, by id.",
    caller: "server",
    query: productsQuerySchema,
    answers: [
      {
        status: 200,
        description: "A page of products.",
        schema: productPageSchema,
        example: { data: [PRODUCT], has_more: false },
      },
    ],
  },
  "GET /v1/products/:id": {
    id: "getProduct",
    tag: "Products",
    summary: "Read a product",
    description: "Returns the product with a preview of its price on the pay page.",
    caller: "server",
    path: productId,
    answers: [{ status: 200, description: "The product.", schema: productAnswerSchema, example: ANSWER }],
    errors: ["product_not_found"],
  },
  "PUT /v1/products/:id": {
    id: "upsertProduct",
    tag: "Products",
    summary: "Create or replace a product",
    description:
      "Rejects a price that no payment link can add up to, before a shopper sees it. Rejects a `vat_rate` above 0 and below 1 as a likely fraction, unless `allow_small_vat_rate` is set.",
    caller: "server",
    path: productId,
    request: {
      schema: productBodySchema,
      examples: {
        "A price": PRODUCT_BODY,
        "An amount that the shopper chooses": {
          title: "Donation",
          type: "service",
          vat_rate: "0",
          open_amount: { min: { value: "1.00", currency: "EUR" }, max: { value: "500.00", currency: "EUR" } },
        },
      },
    },
    answers: [{ status: 200, description: "The product.", schema: productAnswerSchema, example: ANSWER }],
  },
  "PATCH /v1/products/:id": {
    id: "updateProduct",
    tag: "Products",
    summary: "Change a product",
    description:
      "Changes the fields in the request and keeps the others. Null removes an optional field or restores its default. `price` and `open_amount` replace each other. The result is validated like the body of a `PUT`.",
    caller: "server",
    path: productId,
    request: {
      schema: updateProductRequestSchema,
      examples: {
        "Another price": { price: { value: "11.99", currency: "EUR" } },
        "Without a description": { description: null },
      },
    },
    answers: [{ status: 200, description: "The product.", schema: productAnswerSchema, example: ANSWER }],
    errors: ["product_not_found"],
  },
  "DELETE /v1/products/:id": {
    id: "deleteProduct",
    tag: "Products",
    summary: "Remove a product",
    description: "Keeps the checkouts that were opened for the product.",
    caller: "server",
    path: productId,
    answers: [{ status: 204, description: "The product was removed." }],
    errors: ["product_not_found"],
  },
};
