import { priceOf } from "../support/shop.ts";
import { asOther, asStranger, type Target, withName } from "./attack.ts";
import { product } from "./shops.ts";

/** Attacks on a merchant's account data. */
export const ACCOUNT_TARGETS: Readonly<Record<string, Target>> = {
  "GET /v1/diagnostics": {
    keyed: ["secret key"],
    attacks: [
      {
        by: "a merchant without a consent of its own",
        try: () => asStranger("GET", "diagnostics"),
        status: 200,
        own: { healthy: false },
        isKeptFromQonto: true,
      },
    ],
  },
  "POST /v1/diagnostics/repair": {
    keyed: ["secret key"],
    attacks: [
      {
        by: "a merchant without a consent of its own",
        try: () => asStranger("POST", "diagnostics/repair"),
        status: 202,
        own: { scheduled: ["connection", "payment_methods", "webhook_subscription", "late_reads"] },
        isKeptFromQonto: true,
      },
    ],
  },
  "GET /v1/events": {
    keyed: ["secret key"],
    attacks: [
      withName("GET", ({ event }) => `events?after=${event}`, 422, "invalid_request"),
      { by: "another key", try: () => asStranger("GET", "events"), status: 200, own: { data: [] } },
    ],
  },
  "POST /v1/prices": {
    keyed: ["publishable key"],
    attacks: [
      {
        by: "another key for the product",
        try: ({ product: name }) => priceOf({ publishable_key: "pk_sandbox_other", product: name }),
        status: 404,
        code: "product_not_found",
      },
      {
        by: "another key for the offer",
        try: ({ offer }) => priceOf({ publishable_key: "pk_sandbox_other", offer }),
        status: 422,
        code: "invalid_offer",
      },
    ],
  },
  "GET /v1/products": {
    keyed: ["secret key"],
    attacks: [
      { by: "another key", try: () => asStranger("GET", "products"), status: 200, own: { data: [] } },
      {
        by: "another key with the cursor",
        try: (names) => asStranger("GET", `products?after=${names.product}`),
        status: 200,
        own: { data: [] },
      },
    ],
  },
  "GET /v1/products/:id": {
    keyed: ["secret key"],
    attacks: [withName("GET", (names) => `products/${names.product}`, 404, "product_not_found")],
  },
  "PUT /v1/products/:id": {
    keyed: ["secret key"],
    attacks: [
      {
        by: "another key",
        try: (names) => {
          const { id: _id, ...body } = product("", "Another");
          return asOther("PUT", `products/${names.product}`, { body });
        },
        status: 200,
        own: { product: { title: "Another" } },
        makesOwn: true,
      },
    ],
  },
  "PATCH /v1/products/:id": {
    keyed: ["secret key"],
    attacks: [
      {
        by: "another key",
        try: (names) => asOther("PATCH", `products/${names.product}`, { body: { title: "Another" } }),
        status: 404,
        code: "product_not_found",
      },
    ],
  },
  "DELETE /v1/products/:id": {
    keyed: ["secret key"],
    attacks: [withName("DELETE", (names) => `products/${names.product}`, 404, "product_not_found")],
  },
  "GET /v1/export": {
    keyed: ["secret key"],
    attacks: [
      { by: "another key", try: () => asStranger("GET", "export"), status: 200 },
      {
        by: "another key with a cursor of the merchant",
        try: ({ checkout }) => asStranger("GET", `export?after=checkout:${Date.now()}:${checkout}`),
        status: 200,
      },
    ],
  },
  "POST /v1/erase": {
    keyed: ["secret key"],
    attacks: [
      {
        by: "another key with the reference",
        try: ({ reference }) => asOther("POST", "erase", { body: { reference } }),
        status: 200,
        own: { deleted: 0, pseudonymized: 0, open: [] },
      },
    ],
  },
  "GET /v1/keys": {
    keyed: ["secret key"],
    attacks: [{ by: "another key", try: () => asOther("GET", "keys"), status: 200, own: { data: { length: 1 } } }],
  },
  "POST /v1/keys": {
    keyed: ["secret key"],
    attacks: [
      {
        by: "another key under the same Idempotency-Key",
        try: ({ idempotencyKey }) => asOther("POST", "keys", { idempotencyKey }),
        status: 201,
        own: {},
        makesOwn: true,
      },
    ],
  },
  "DELETE /v1/keys/:id": {
    keyed: ["secret key"],
    attacks: [withName("DELETE", ({ key }) => `keys/${key}`, 404, "key_not_found")],
  },
};
