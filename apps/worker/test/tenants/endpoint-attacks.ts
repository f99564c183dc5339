import { shopUrl } from "../support/shop-server.ts";
import { asOther, asStranger, type Target, withName } from "./attack.ts";

const NO_ENDPOINT = [404, "webhook_endpoint_not_found"] as const;

/** Attacks on a merchant's webhook endpoints. */
export const ENDPOINT_TARGETS: Readonly<Record<string, Target>> = {
  "GET /v1/webhook_endpoints": {
    keyed: ["secret key"],
    attacks: [
      {
        by: "another key",
        try: () => asStranger("GET", "webhook_endpoints"),
        status: 200,
        own: { data: [] },
      },
    ],
  },
  "POST /v1/webhook_endpoints": {
    keyed: ["secret key"],
    attacks: [
      {
        by: "another key under the same Idempotency-Key",
        try: ({ idempotencyKey }) =>
          asOther("POST", "webhook_endpoints", { idempotencyKey, body: { url: shopUrl("/other") } }),
        status: 201,
        own: { url: shopUrl("/other") },
        makesOwn: true,
      },
    ],
  },
  "GET /v1/webhook_endpoints/:id": {
    keyed: ["secret key"],
    attacks: [withName("GET", ({ endpoint }) => `webhook_endpoints/${endpoint}`, ...NO_ENDPOINT)],
  },
  "PATCH /v1/webhook_endpoints/:id": {
    keyed: ["secret key"],
    attacks: [
      {
        by: "another key",
        try: ({ endpoint }) => asOther("PATCH", `webhook_endpoints/${endpoint}`, { body: { enabled: false } }),
        status: 404,
        code: "webhook_endpoint_not_found",
      },
    ],
  },
  "DELETE /v1/webhook_endpoints/:id": {
    keyed: ["secret key"],
    attacks: [withName("DELETE", ({ endpoint }) => `webhook_endpoints/${endpoint}`, ...NO_ENDPOINT)],
  },
  "POST /v1/webhook_endpoints/:id/rotate_secret": {
    keyed: ["secret key"],
    attacks: [withName("POST", ({ endpoint }) => `webhook_endpoints/${endpoint}/rotate_secret`, ...NO_ENDPOINT)],
  },
  "GET /v1/webhook_endpoints/:id/deliveries": {
    keyed: ["secret key"],
    attacks: [
      withName("GET", ({ endpoint }) => `webhook_endpoints/${endpoint}/deliveries`, ...NO_ENDPOINT),
      {
        by: "another key with the cursor at an endpoint of its own",
        try: async ({ delivery }) =>
          asOther("GET", `webhook_endpoints/${await ownEndpoint()}/deliveries?after=${delivery}`),
        status: 422,
        code: "invalid_request",
      },
    ],
  },
  "POST /v1/webhook_endpoints/:id/deliveries/:delivery/replay": {
    keyed: ["secret key"],
    attacks: [
      withName(
        "POST",
        ({ endpoint, delivery }) => `webhook_endpoints/${endpoint}/deliveries/${delivery}/replay`,
        ...NO_ENDPOINT,
      ),
      {
        by: "another key through an endpoint of its own",
        try: async ({ delivery }) =>
          asOther("POST", `webhook_endpoints/${await ownEndpoint()}/deliveries/${delivery}/replay`),
        status: 404,
        code: "delivery_not_found",
      },
    ],
  },
  "POST /v1/webhook_endpoints/:id/replay": {
    keyed: ["secret key"],
    attacks: [
      {
        by: "another key",
        try: ({ endpoint }) =>
          asOther("POST", `webhook_endpoints/${endpoint}/replay`, { body: { since: "2026-01-01T00:00:00Z" } }),
        status: 404,
        code: "webhook_endpoint_not_found",
      },
    ],
  },
};

/** Creates an endpoint of the attacker. @returns its id. */
async function ownEndpoint(): Promise<string> {
  const made = await asOther("POST", "webhook_endpoints", { body: { url: shopUrl("/other") } });
  return (await made.json<{ id: string }>()).id;
}
