import { qontoEventSchema } from "@qonto-pay/core/qonto.schema";
import { healthSchema, webhookReceivedSchema } from "../components.ts";
import { LINK_ID } from "../examples.ts";
import type { Operations } from "../operation.ts";
import { merchantName } from "../parameters.ts";

export const service: Operations = {
  "POST /webhooks/qonto/:merchant": {
    id: "receiveWebhook",
    tag: "Service",
    summary: "Receive Qonto's webhooks",
    description:
      "Checked by its signature on the raw bytes, then stored once and answered. It is a hint: what became of a checkout is read from Qonto itself.",
    caller: "qonto",
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
        description: "It is stored.",
        schema: webhookReceivedSchema,
        example: { received: true },
      },
    ],
    errors: ["not_found"],
  },
  "GET /health": {
    id: "getHealth",
    tag: "Service",
    summary: "Tell whether the Worker runs",
    description: "And whether its settings are whole. Says nothing of Qonto.",
    caller: "anyone",
    answers: [{ status: 200, description: "It does.", schema: healthSchema, example: { status: "ok" } }],
  },
};
