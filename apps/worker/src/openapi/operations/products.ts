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
    summary: "Tell what something costs",
    description:
      "For the shopper's page, in the words of the pay call. It changes nothing, and an offer can still be taken afterwards. The body may be sent as `text/plain`, which spares the CORS preflight.",
    caller: "anyone",
    headers: { Origin: origin },
    request: {
      schema: priceRequestSchema,
      examples: {
        "A product": { key: "pk_sandbox_demo", product: "mug" },
        "A basket": { key: "pk_sandbox_demo", items: [{ product: "mug", quantity: 2 }, { product: "poster" }] },
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
      "key_of_other_environment",
      "offer_expired",
      "offer_invalid",
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
        description: "A page of them.",
        schema: productPageSchema,
        example: { data: [PRODUCT], has_more: false },
      },
    ],
  },
  "GET /v1/products/:id": {
    id: "getProduct",
    tag: "Products",
    summary: "Read a product",
    description: "With what becomes of its price on the pay page.",
    caller: "server",
    path: productId,
    answers: [{ status: 200, description: "The product.", schema: productAnswerSchema, example: ANSWER }],
    errors: ["product_not_found"],
  },
  "PUT /v1/products/:id": {
    id: "saveProduct",
    tag: "Products",
    summary: "Make or replace a product",
    description:
      "A price that no payment link can come to is rejected here, before any shopper sees it. A `vat_rate` above 0 and below 1 is taken for a fraction and rejected, unless `allow_small_vat_rate` is set beside it.",
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
      "Changes the fields that are given and leaves the others as they are. Null removes an optional field, or brings its default back. `price` and `open_amount` replace each other. The result is checked as the body of a `PUT` is.",
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
    id: "removeProduct",
    tag: "Products",
    summary: "Remove a product",
    description: "Checkouts that were opened for it stay.",
    caller: "server",
    path: productId,
    answers: [{ status: 204, description: "It is gone." }],
    errors: ["product_not_found"],
  },
};
