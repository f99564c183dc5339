import { breakOperation } from "../support/sandbox.ts";
import type { ServerCall } from "../support/server.ts";
import { asOther, asStranger, type Attack, type Target } from "./attack.ts";
import type { Names } from "./shops.ts";

/**
 * Expects that no other merchant's consent is used. The sandbox has one organization for all, so only this shows it.
 */
function unconnected(
  method: string,
  path: (names: Names) => string,
  call: (names: Names) => ServerCall = () => ({}),
): Attack {
  return {
    by: "a merchant without a consent of its own",
    try: (names: Names) => asStranger(method, path(names), call(names)),
    status: 503,
    code: "merchant_not_connected",
    isKeptFromQonto: true,
  };
}

/** Simulates Qonto's answer to another organization. */
function notTheirsAtQonto(operation: string, method: string, path: (names: Names) => string): Attack {
  return {
    by: "another merchant",
    try: async (names) => {
      await breakOperation(operation, { status: 404 });
      return asOther(method, path(names));
    },
    status: 404,
    code: "payment_link_not_found",
  };
}

const CONNECTION = {
  partner_callback_url: "https://shop.example/connected",
  user_bank_account_id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e04",
  user_phone_number: "+33612345678",
  user_website_url: "https://shop.example",
  business_description: "We throw, glaze and fire stoneware by hand and sell it from our own workshop by the sea.",
};

const LINK = {
  payment_link: {
    potential_payment_methods: ["credit_card"],
    reusable: false,
    items: [{ title: "Bowl", quantity: 1, unit_price: { value: "10.00", currency: "EUR" }, vat_rate: "20" }],
  },
};

/** Attacks on data at Qonto. */
export const QONTO_TARGETS: Readonly<Record<string, Target>> = {
  "GET /v1/payment_links": { keyed: ["secret key"], attacks: [unconnected("GET", () => "payment_links")] },
  "POST /v1/payment_links": {
    keyed: ["secret key"],
    attacks: [
      unconnected(
        "POST",
        () => "payment_links",
        ({ idempotencyKey }) => ({ idempotencyKey, body: LINK }),
      ),
    ],
  },
  "GET /v1/payment_links/:id": {
    keyed: ["secret key"],
    attacks: [
      unconnected("GET", ({ link }) => `payment_links/${link}`),
      notTheirsAtQonto("getPaymentLink", "GET", ({ link }) => `payment_links/${link}`),
    ],
  },
  "GET /v1/payment_links/:id/payments": {
    keyed: ["secret key"],
    attacks: [
      unconnected("GET", ({ link }) => `payment_links/${link}/payments`),
      notTheirsAtQonto("listPayments", "GET", ({ link }) => `payment_links/${link}/payments`),
    ],
  },
  "PATCH /v1/payment_links/:id/deactivate": {
    keyed: ["secret key"],
    attacks: [
      unconnected("PATCH", ({ link }) => `payment_links/${link}/deactivate`),
      notTheirsAtQonto("deactivatePaymentLink", "PATCH", ({ link }) => `payment_links/${link}/deactivate`),
    ],
  },
  "GET /v1/payment_methods": { keyed: ["secret key"], attacks: [unconnected("GET", () => "payment_methods")] },
  "GET /v1/connection": { keyed: ["secret key"], attacks: [unconnected("GET", () => "connection")] },
  "POST /v1/connection": {
    keyed: ["secret key"],
    attacks: [
      unconnected(
        "POST",
        () => "connection",
        () => ({ body: CONNECTION }),
      ),
    ],
  },
};
