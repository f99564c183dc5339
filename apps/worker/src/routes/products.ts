import {
  productAnswerSchema,
  productBodySchema,
  productIdSchema,
  productPageSchema,
  productsQuerySchema,
  updateProductRequestSchema,
} from "@qonto-pay/core/api.schema";
import { AMOUNT, ITEM, PRODUCT, PRODUCT_BODY } from "../openapi/examples.ts";
import { productId } from "../openapi/parameters.ts";
import { type Route, serverRoute } from "./route.ts";

const ANSWER = WITH_DOCS && {
  product: PRODUCT,
  preview: { amount: AMOUNT, lines: [ITEM], needs_more_than_one_line: false, why: "The price is sent as it is." },
  rounding_policies: [{ level: "line", mode: "half_up" }],
};

export const products: readonly Route[] = [
  serverRoute({
    method: "GET",
    path: "/v1/products",
    query: productsQuerySchema,
    operation: "listProducts",
    docs: WITH_DOCS && {
      id: "listProducts",
      tag: "Products",
      summary: "List products",
      description: "The catalogue, by id.",
      answer: {
        description: "A page of products.",
        schema: productPageSchema,
        example: { data: [PRODUCT], has_more: false },
      },
    },
  }),
  serverRoute({
    method: "GET",
    path: "/v1/products/:id",
    params: productIdSchema,
    operation: "readProduct",
    docs: WITH_DOCS && {
      id: "getProduct",
      tag: "Products",
      summary: "Read a product",
      description: "Returns the product with a preview of its price on the pay page.",
      path: productId,
      answer: { description: "The product.", schema: productAnswerSchema, example: ANSWER },
      errors: ["product_not_found"],
    },
  }),
  serverRoute({
    method: "PUT",
    path: "/v1/products/:id",
    params: productIdSchema,
    body: productBodySchema,
    operation: "saveProduct",
    input: ({ params, body }) => ({ ...body, id: params.id }),
    docs: WITH_DOCS && {
      id: "upsertProduct",
      tag: "Products",
      summary: "Create or replace a product",
      description:
        "Rejects a price that no payment link can add up to, before a shopper sees it. Rejects a `vat_rate` above 0 and below 1 as a likely fraction, unless `allow_small_vat_rate` is set.",
      path: productId,
      bodyExamples: {
        "A price": PRODUCT_BODY,
        "An amount that the shopper chooses": {
          title: "Donation",
          type: "service",
          vat_rate: "0",
          open_amount: { min: { value: "1.00", currency: "EUR" }, max: { value: "500.00", currency: "EUR" } },
        },
      },
      answer: { description: "The product.", schema: productAnswerSchema, example: ANSWER },
    },
  }),
  serverRoute({
    method: "PATCH",
    path: "/v1/products/:id",
    params: productIdSchema,
    body: updateProductRequestSchema,
    operation: "updateProduct",
    docs: WITH_DOCS && {
      id: "updateProduct",
      tag: "Products",
      summary: "Change a product",
      description:
        "Changes the fields in the request and keeps the others. Null removes an optional field or restores its default. `price` and `open_amount` replace each other. The result is validated like the body of a `PUT`.",
      path: productId,
      bodyExamples: {
        "Another price": { price: { value: "11.99", currency: "EUR" } },
        "Without a description": { description: null },
      },
      answer: { description: "The product.", schema: productAnswerSchema, example: ANSWER },
      errors: ["product_not_found"],
    },
  }),
  serverRoute({
    method: "DELETE",
    path: "/v1/products/:id",
    params: productIdSchema,
    operation: "removeProduct",
    status: 204,
    docs: WITH_DOCS && {
      id: "deleteProduct",
      tag: "Products",
      summary: "Remove a product",
      description: "Keeps the checkouts that were opened for the product.",
      path: productId,
      answer: { description: "The product was removed." },
      errors: ["product_not_found"],
    },
  }),
];
