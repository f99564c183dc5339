import {
  doctorQuerySchema,
  doctorReportSchema,
  eventPageSchema,
  eventsQuerySchema,
  secretKeyCreatedSchema,
  secretKeyPageSchema,
} from "@qonto-pay/core/api.schema";
import { EVENT, SECRET_KEY } from "../examples.ts";
import type { Operations } from "../operation.ts";
import { keyId } from "../parameters.ts";

const KEYS = { data: [SECRET_KEY], has_more: false };

const REPORT = {
  healthy: true,
  checks: [
    {
      name: "connection",
      status: "ok",
      message: "The connection to the payment provider is enabled.",
      what_to_do: null,
      measured: { status: "enabled" },
    },
  ],
};

export const account: Operations = {
  "GET /v1/doctor": {
    id: "examineMerchant",
    tag: "Connection",
    summary: "Find out what keeps payments from being taken",
    description:
      "Asks Qonto now, and looks at what was seen of it. Each check says what to do. Takes at most 9 seconds, also while Qonto keeps silent.",
    caller: "server",
    query: doctorQuerySchema,
    answers: [{ status: 200, description: "The report.", schema: doctorReportSchema, example: REPORT }],
  },
  "GET /v1/events": {
    id: "listEvents",
    tag: "Events",
    summary: "List events",
    description: "Oldest first. Keep the last `id` and ask with it as `after` for what happened since.",
    caller: "server",
    query: eventsQuerySchema,
    answers: [
      {
        status: 200,
        description: "A page of them.",
        schema: eventPageSchema,
        example: { data: [EVENT], has_more: false },
      },
    ],
  },
  "GET /v1/keys": {
    id: "listKeys",
    tag: "Keys",
    summary: "List secret keys",
    description: "Those that are good now. The keys themselves are not stored, so they are not told.",
    caller: "server",
    answers: [{ status: 200, description: "The keys.", schema: secretKeyPageSchema, example: KEYS }],
  },
  "POST /v1/keys": {
    id: "createKey",
    tag: "Keys",
    summary: "Create a secret key",
    description:
      "A second one, to take the place of the first: create, deploy, then revoke the old one with the new one.",
    caller: "server",
    answers: [
      {
        status: 201,
        description: "The key, told this once.",
        schema: secretKeyCreatedSchema,
        example: { ...SECRET_KEY, secret_key: "sk_sandbox_demo_example-of-a-key-that-ends-with-x9Zk" },
      },
    ],
    errors: ["key_limit"],
  },
  "DELETE /v1/keys/:id": {
    id: "revokeKey",
    tag: "Keys",
    summary: "Revoke a secret key",
    description: "At once, by another key: none can revoke itself.",
    caller: "server",
    path: keyId,
    answers: [{ status: 200, description: "The keys that are left.", schema: secretKeyPageSchema, example: KEYS }],
    errors: ["key_in_use", "key_not_found"],
  },
};
