import { isMerchantName } from "@qonto-pay/core/api";
import { qontoEventSchema } from "@qonto-pay/core/qonto.schema";
import { readSignature } from "../crypto/webhook-signature.ts";
import { ApiError } from "../errors/api-error.ts";
import { readBytes } from "../http/body-limit.ts";
import { jsonResponse } from "../http/json-response.ts";
import { callKnownMerchant } from "../merchant-object/call-merchant.ts";
import { webhookReceivedSchema } from "../openapi/components.ts";
import { LINK_ID } from "../openapi/examples.ts";
import { merchantName } from "../openapi/parameters.ts";
import { knownSenders } from "./request/known-senders.ts";
import { visitorOf } from "./request/rate-limit.ts";
import { type Route, route } from "./route.ts";

/** Bytes. An event from Qonto has a few kilobytes. */
const MAX_BODY_BYTES = 256 * 1024;

export const qontoWebhooks: readonly Route[] = [
  route({
    method: "POST",
    path: "/webhooks/qonto/:merchant",
    caller: "qonto",
    handle: async (request, context) => {
      const { env, config, params } = context;
      const merchant = params["merchant"] ?? "";
      if (!isMerchantName(merchant)) throw new ApiError("not_found");
      const signature = request.headers.get("X-Qonto-Signature");
      // Checks the form only, before the body is read. The merchant's object has the secret that verifies a signature.
      if (readSignature(signature, Date.now()) === null) throw new ApiError("invalid_signature");
      const sender = visitorOf(request, config)?.address ?? "this machine";
      await knownSenders.admit(sender, request, context);
      const body = await readBytes(request, MAX_BODY_BYTES);
      if (body === null) throw new ApiError("body_too_large");
      const known = { merchant, codeIfUnknown: "not_found" } as const;
      await knownSenders.noteResult(sender, () =>
        callKnownMerchant(env, config, known, (object) => object.receiveWebhook(body, signature)),
      );
      return jsonResponse({ received: true });
    },
    docs: WITH_DOCS && {
      id: "receiveWebhook",
      tag: "Service",
      summary: "Receive Qonto's webhooks",
      description:
        "Verifies the signature on the raw bytes and stores each event once before it answers. An event is only a hint: the Worker then reads the status from Qonto.",
      path: merchantName,
      request: {
        schema: qontoEventSchema,
        examples: {
          "A link was paid": {
            id: "5b2fa07c-6a0a-4a7c-9d7e-2f0f4b0f9a31",
            type: "v1/payment-links",
            data: { event: "updated", status: "paid", payment_link_id: LINK_ID },
          },
        },
      },
      answers: [
        {
          status: 200,
          description: "The event is stored.",
          schema: webhookReceivedSchema,
          example: { received: true },
        },
      ],
      errors: ["not_found"],
    },
  }),
];
