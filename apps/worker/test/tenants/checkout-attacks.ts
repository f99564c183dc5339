import { fetchWorker } from "../support/fetch-worker.ts";
import { checkoutFor, pay, SHOP, WORKER } from "../support/shop.ts";
import { asOther, asStranger, type Attack, type Target, withName } from "./attack.ts";
import { ITEM, offerOf } from "./shops.ts";

const KEY_OF_OTHER = "pk_sandbox_other";

function statusBy(id: string, token: string): Promise<Response> {
  return fetchWorker(`${WORKER}/v1/checkouts/${id}/status?token=${encodeURIComponent(token)}`);
}

function pageBy(id: string, token: string): Promise<Response> {
  return fetchWorker(`${WORKER}/checkouts/${id}?token=${encodeURIComponent(token)}`);
}

function followLink(path: string): Promise<Response> {
  const headers = { "Sec-Fetch-Mode": "navigate", "Sec-Fetch-User": "?1" };
  return fetchWorker(`${WORKER}/pay/${path}`, { headers, redirect: "manual" });
}

function sendForm(path: string, form: Record<string, string>): Promise<Response> {
  const init = { method: "POST", headers: { Origin: SHOP }, body: new URLSearchParams(form) };
  return fetchWorker(`${WORKER}/pay/${path}`, { ...init, redirect: "manual" });
}

/** Attacks with tokens of other checkouts. */
function byToken(ask: (id: string, token: string) => Promise<Response>): readonly Attack[] {
  const refused = { status: 404, code: "checkout_not_found" };
  return [
    {
      by: "the token of another merchant's checkout",
      try: async ({ checkout }) => {
        const own = await checkoutFor({ publishable_key: KEY_OF_OTHER, product: "cup" });
        return ask(checkout, own.status_token);
      },
      ...refused,
    },
    {
      by: "that token under the merchant's name",
      try: async ({ checkout, merchant }) => {
        const own = await checkoutFor({ publishable_key: KEY_OF_OTHER, product: "cup" });
        return ask(checkout, own.status_token.replace("other", merchant));
      },
      ...refused,
    },
    {
      by: "the token for another merchant's checkout",
      try: async ({ statusToken }) => {
        const own = await checkoutFor({ publishable_key: KEY_OF_OTHER, product: "cup" });
        return ask(own.id, statusToken);
      },
      ...refused,
    },
  ];
}

/** Attacks on checkouts and on the payments of shoppers. */
export const CHECKOUT_TARGETS: Readonly<Record<string, Target>> = {
  "GET /v1/checkouts": {
    keyed: ["secret key"],
    attacks: [
      { by: "another key", try: () => asStranger("GET", "checkouts"), status: 200, own: { data: [] } },
      {
        by: "another key, by reference",
        try: ({ reference }) => asStranger("GET", `checkouts?reference=${encodeURIComponent(reference)}`),
        status: 200,
        own: { data: [] },
      },
      withName("GET", ({ checkout }) => `checkouts?after=${checkout}`, 422, "invalid_request"),
    ],
  },
  "POST /v1/checkouts": {
    keyed: ["secret key", "publishable key"],
    attacks: [
      {
        by: "another key under the same Idempotency-Key and reference",
        try: ({ idempotencyKey, reference }) =>
          asOther("POST", "checkouts", { idempotencyKey, body: { items: [ITEM], reference } }),
        status: 201,
        own: { metadata: {}, superseded_by: null },
        makesOwn: true,
      },
      {
        by: "another key under the same attempt",
        try: ({ attempt }) => pay({ publishable_key: KEY_OF_OTHER, product: "cup", attempt_id: attempt }),
        status: 201,
        own: { status: "open" },
        makesOwn: true,
      },
      {
        by: "another key for the product",
        try: (names) => pay({ publishable_key: KEY_OF_OTHER, product: names.product }),
        status: 404,
        code: "product_not_found",
      },
      {
        by: "another key for the offer",
        try: ({ offer }) => pay({ publishable_key: KEY_OF_OTHER, offer }),
        status: 422,
        code: "invalid_offer",
      },
      {
        by: "an offer that another merchant signed for it",
        try: async ({ merchant }) =>
          pay({ publishable_key: "pk_sandbox_demo", offer: await offerOf("other", merchant) }),
        status: 422,
        code: "invalid_offer",
      },
    ],
  },
  "GET /v1/checkouts/:id/status": { keyed: ["none"], attacks: byToken(statusBy) },
  "GET /checkouts/:id": { keyed: ["none"], attacks: byToken(pageBy) },
  "GET /pay/:key/:product": {
    keyed: ["none"],
    attacks: [
      {
        by: "another merchant's key for the product",
        try: ({ product }) => followLink(`${KEY_OF_OTHER}/${product}`),
        status: 404,
        code: "product_not_found",
      },
      {
        by: "a key of the other environment",
        try: ({ merchant, product }) => followLink(`pk_live_${merchant}/${product}`),
        status: 404,
        code: "not_found",
      },
    ],
  },
  "POST /pay/:key/:product": {
    keyed: ["none"],
    attacks: [
      {
        by: "another merchant's key for the product",
        try: ({ product }) => sendForm(`${KEY_OF_OTHER}/${product}`, {}),
        status: 404,
        code: "product_not_found",
      },
      {
        by: "another merchant's key under the same attempt",
        try: ({ attempt }) => sendForm(`${KEY_OF_OTHER}/cup`, { attempt_id: attempt }),
        status: 303,
        makesOwn: true,
      },
      {
        by: "a key of the other environment",
        try: ({ merchant, product }) => sendForm(`pk_live_${merchant}/${product}`, {}),
        status: 404,
        code: "not_found",
      },
    ],
  },
  "GET /v1/checkouts/:id": {
    keyed: ["secret key"],
    attacks: [withName("GET", ({ checkout }) => `checkouts/${checkout}`, 404, "checkout_not_found")],
  },
  "PATCH /v1/checkouts/:id": {
    keyed: ["secret key"],
    attacks: [
      {
        by: "another key with the name",
        try: ({ checkout }) => asOther("PATCH", `checkouts/${checkout}`, { body: { metadata: { stolen: "yes" } } }),
        status: 404,
        code: "checkout_not_found",
      },
    ],
  },
  "POST /v1/checkouts/:id/cancel": {
    keyed: ["secret key"],
    attacks: [withName("POST", ({ checkout }) => `checkouts/${checkout}/cancel`, 404, "checkout_not_found")],
  },
  "GET /v1/checkouts/:id/payments": {
    keyed: ["secret key"],
    attacks: [withName("GET", ({ checkout }) => `checkouts/${checkout}/payments`, 404, "checkout_not_found")],
  },
  "POST /v1/checkouts/:id/sync": {
    keyed: ["secret key"],
    attacks: [withName("POST", ({ checkout }) => `checkouts/${checkout}/sync`, 404, "checkout_not_found")],
  },
};
