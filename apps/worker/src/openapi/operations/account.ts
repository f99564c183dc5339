import {
  diagnosticsQuerySchema,
  diagnosticsRepairSchema,
  diagnosticsReportSchema,
  eventPageSchema,
  eventsQuerySchema,
  keysQuerySchema,
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
      remediation: null,
      measured: { status: "enabled" },
    },
  ],
};

export const account: Operations = {
  "GET /v1/diagnostics": {
    id: "runDiagnostics",
    tag: "Connection",
    summary: "Find out what prevents payments",
    description:
      "Reads from Qonto now, and checks the Worker's own records of it. Changes nothing: to repair what was found, use `repair`. Each check has its remediation. Takes at most 9 seconds, even if Qonto does not respond.",
    caller: "server",
    query: diagnosticsQuerySchema,
    answers: [{ status: 200, description: "The report.", schema: diagnosticsReportSchema, example: REPORT }],
  },
  "POST /v1/diagnostics/repair": {
    id: "repairConnection",
    tag: "Connection",
    summary: "Repair what diagnostics found",
    description:
      "Schedules a read of the connection, with its payment methods if it is enabled, a repair of the webhook subscription, and a read of the links that are due. The Worker does so on its own as well; this does it now. Run the diagnostics again after a few seconds.",
    caller: "server",
    answers: [
      {
        status: 202,
        description: "The repair is scheduled.",
        schema: diagnosticsRepairSchema,
        example: { scheduled: ["connection", "payment_methods", "webhook_subscription", "late_reads"] },
      },
    ],
  },
  "GET /v1/events": {
    id: "listEvents",
    tag: "Events",
    summary: "List events",
    description: "Oldest first. To read newer events later, store the last `id` and send it as `after`.",
    caller: "server",
    query: eventsQuerySchema,
    answers: [
      {
        status: 200,
        description: "A page of events.",
        schema: eventPageSchema,
        example: { data: [EVENT], has_more: false },
      },
    ],
  },
  "GET /v1/keys": {
    id: "listKeys",
    tag: "Keys",
    summary: "List secret keys",
    description: "Lists the valid keys. The keys themselves are not stored, so they are not returned.",
    caller: "server",
    query: keysQuerySchema,
    answers: [{ status: 200, description: "The keys.", schema: secretKeyPageSchema, example: KEYS }],
  },
  "POST /v1/keys": {
    id: "createKey",
    tag: "Keys",
    summary: "Create a secret key",
    description:
      "Creates a second key, to replace the first: create it, deploy it, then revoke the old key with the new one.",
    caller: "server",
    answers: [
      {
        status: 201,
        description: "The key, which is returned only once.",
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
    description: "Takes effect at once. Authenticate with another key: a key can't revoke itself.",
    caller: "server",
    path: keyId,
    answers: [{ status: 200, description: "The remaining keys.", schema: secretKeyPageSchema, example: KEYS }],
    errors: ["key_in_use", "key_not_found"],
  },
};
