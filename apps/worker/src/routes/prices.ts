import { priceRequestSchema, priceSchema } from "@qonto-pay/core/api.schema";
import { jsonResponse } from "../http/json-response.ts";
import { callKnownMerchant } from "../merchant-object/call-merchant.ts";
import { AMOUNT } from "../openapi/examples.ts";
import { originHeader } from "../openapi/parameters.ts";
import { merchantOfPublishableKey } from "./request/authenticate-key.ts";
import { jsonRoute, type Route } from "./route.ts";

export const prices: readonly Route[] = [
  // A read by POST, because a basket or an offer is too long for an address, and addresses are logged.
  jsonRoute({
    method: "POST",
    path: "/v1/prices",
    caller: "anyone",
    isForBrowsers: true,
    rateLimit: "READ_RATE_LIMIT",
    body: priceRequestSchema,
    handle: async ({ body }, request, { env, config }) => {
      const merchant = merchantOfPublishableKey(body.publishable_key, config);
      const origin = request.headers.get("Origin");
      const known = { merchant, codeIfUnknown: "invalid_key" } as const;
      return jsonResponse(await callKnownMerchant(env, config, known, (object) => object.quotePrice(body, origin)));
    },
    docs: WITH_DOCS && {
      id: "quotePrice",
      tag: "Products",
      summary: "Quote a price",
      description:
        "For the shopper's page, with the fields of the pay call. It changes nothing, and an offer can still be taken afterwards. The body can be sent as `text/plain`, which avoids the CORS preflight.",
      headers: { Origin: originHeader },
      bodyExamples: {
        "A product": { publishable_key: "pk_sandbox_demo", product: "mug" },
        "A basket": {
          publishable_key: "pk_sandbox_demo",
          items: [{ product: "mug", quantity: 2 }, { product: "poster" }],
        },
      },
      answers: [
        {
          status: 200,
          description: "The price, and the bounds of the shopper's choice.",
          schema: priceSchema,
          example: { amount: AMOUNT, min_quantity: 1, max_quantity: 99 },
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
        "total_mismatch",
      ],
    },
  }),
];
