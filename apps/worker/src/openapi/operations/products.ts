import {
  priceQuerySchema,
  priceSchema,
  productAnswerSchema,
  productBodySchema,
  productPageSchema,
  productsQuerySchema,
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
  "GET /v1/prices": {
    id: "getPrice",
    tag: "Products",
    summary: "Tell what a product costs",
    description: "For the shopper's page, in the words of the pay call.",
    caller: "anyone",
    query: priceQuerySchema,
    queryExample: { key: "pk_sandbox_demo", product: "mug" },
    headers: { Origin: origin },
    answers: [
      {
        status: 200,
        description: "The price.",
        schema: priceSchema,
        example: { product: "mug", title: "Mug", quantity: 1, amount: AMOUNT },
      },
    ],
    errors: [
      "amount_out_of_range",
      "invalid_key",
      "invalid_request",
      "key_of_other_environment",
      "origin_not_allowed",
      "overloaded",
      "product_not_found",
      "quantity_out_of_range",
      "rate_limited",
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
        example: { products: [PRODUCT], has_more: false },
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
    description: "A price that no payment link can come to is refused here, before any shopper sees it.",
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
