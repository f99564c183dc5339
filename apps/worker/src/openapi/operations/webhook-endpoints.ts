import {
  createWebhookEndpointSchema,
  deliveriesQuerySchema,
  deliveryPageSchema,
  deliverySchema,
  replayAnswerSchema,
  replaySchema,
  updateWebhookEndpointSchema,
  webhookEndpointPageSchema,
  webhookEndpointsQuerySchema,
  webhookEndpointSchema,
  webhookEndpointWithSecretSchema,
} from "@qonto-pay/core/api.schema";
import { DELIVERY, WEBHOOK_ENDPOINT } from "../examples.ts";
import type { Operations } from "../operation.ts";
import { deliveryOfEndpoint, webhookEndpointId } from "../parameters.ts";

const SECRET = "whsec_ZXhhbXBsZS1vZi1hLXNlY3JldC10aGF0LWlzLXRvbGQtb25jZQ==";

export const webhookEndpoints: Operations = {
  "POST /v1/webhook_endpoints": {
    id: "createWebhookEndpoint",
    tag: "Webhooks",
    summary: "Create a webhook endpoint",
    description:
      "Adds an address that receives events, signed as Standard Webhooks define. The address must be https on port 443 at a public name: no IP address, no user name, no fragment. The response contains it in the form of the URL parser. One address is one endpoint: if you register it again, the same endpoint gets the settings of this request and a new secret, and is enabled. Each replaced secret also signs for another 24 hours.",
    caller: "server",
    request: {
      schema: createWebhookEndpointSchema,
      examples: { "For all events": { url: WEBHOOK_ENDPOINT.url, description: "Our shop" } },
    },
    answers: [
      {
        status: 201,
        description: "The endpoint with its secret, which is returned only once.",
        schema: webhookEndpointWithSecretSchema,
        example: { ...WEBHOOK_ENDPOINT, secret: SECRET },
      },
    ],
    errors: ["webhook_endpoint_limit"],
  },
  "GET /v1/webhook_endpoints": {
    id: "listWebhookEndpoints",
    tag: "Webhooks",
    summary: "List webhook endpoints",
    description: "Oldest first. A merchant can have 5.",
    caller: "server",
    query: webhookEndpointsQuerySchema,
    answers: [
      {
        status: 200,
        description: "The endpoints.",
        schema: webhookEndpointPageSchema,
        example: { data: [WEBHOOK_ENDPOINT], has_more: false },
      },
    ],
  },
  "GET /v1/webhook_endpoints/:id": {
    id: "getWebhookEndpoint",
    tag: "Webhooks",
    summary: "Read a webhook endpoint",
    description: "Without its secret.",
    caller: "server",
    path: webhookEndpointId,
    answers: [{ status: 200, description: "The endpoint.", schema: webhookEndpointSchema, example: WEBHOOK_ENDPOINT }],
    errors: ["webhook_endpoint_not_found"],
  },
  "PATCH /v1/webhook_endpoints/:id": {
    id: "updateWebhookEndpoint",
    tag: "Webhooks",
    summary: "Change a webhook endpoint",
    description:
      "Absent fields stay as they are. If the endpoint is enabled again, its pending deliveries are sent at once.",
    caller: "server",
    path: webhookEndpointId,
    request: {
      schema: updateWebhookEndpointSchema,
      examples: {
        "Only what was paid": { event_types: ["checkout.paid", "checkout.duplicate_payment"], enabled: true },
      },
    },
    answers: [
      {
        status: 200,
        description: "The endpoint.",
        schema: webhookEndpointSchema,
        example: { ...WEBHOOK_ENDPOINT, event_types: ["checkout.paid", "checkout.duplicate_payment"] },
      },
    ],
    errors: ["webhook_endpoint_not_found"],
  },
  "DELETE /v1/webhook_endpoints/:id": {
    id: "deleteWebhookEndpoint",
    tag: "Webhooks",
    summary: "Delete a webhook endpoint",
    description: "Also deletes its pending deliveries.",
    caller: "server",
    path: webhookEndpointId,
    answers: [{ status: 204, description: "The endpoint was deleted." }],
    errors: ["webhook_endpoint_not_found"],
  },
  "POST /v1/webhook_endpoints/:id/rotate_secret": {
    id: "rotateWebhookSecret",
    tag: "Webhooks",
    summary: "Rotate a webhook endpoint's secret",
    description:
      "The previous secret also signs until `previous_secret_until`. If you rotate again before, each replaced secret signs for its own 24 hours; if there are more than 9, the latest 9 do.",
    caller: "server",
    path: webhookEndpointId,
    answers: [
      {
        status: 200,
        description: "The endpoint with its new secret, which is returned only once.",
        schema: webhookEndpointWithSecretSchema,
        example: { ...WEBHOOK_ENDPOINT, previous_secret_until: "2026-11-22T09:00:00.000Z", secret: SECRET },
      },
    ],
    errors: ["webhook_endpoint_not_found"],
  },
  "GET /v1/webhook_endpoints/:id/deliveries": {
    id: "listDeliveries",
    tag: "Webhooks",
    summary: "List deliveries",
    description: "Lists the deliveries of events to this endpoint, with their status.",
    caller: "server",
    path: webhookEndpointId,
    query: deliveriesQuerySchema,
    answers: [
      {
        status: 200,
        description: "A page of deliveries.",
        schema: deliveryPageSchema,
        example: { data: [DELIVERY], has_more: false },
      },
    ],
    errors: ["webhook_endpoint_not_found"],
  },
  "POST /v1/webhook_endpoints/:id/deliveries/:delivery/replay": {
    id: "replayDelivery",
    tag: "Webhooks",
    summary: "Send a delivery again",
    description: "Works in every status of the delivery, with a new retry schedule.",
    caller: "server",
    path: deliveryOfEndpoint,
    answers: [
      {
        status: 200,
        description: "The delivery.",
        schema: deliverySchema,
        example: { ...DELIVERY, status: "pending", attempts: 0, last_status: null, last_problem: null },
      },
    ],
    errors: ["delivery_not_found", "webhook_endpoint_not_found"],
  },
  "POST /v1/webhook_endpoints/:id/replay": {
    id: "replaySince",
    tag: "Webhooks",
    summary: "Send everything since a time that was not delivered",
    description: "Sends dead letters, and events that were never sent to the endpoint, from at most 30 days ago.",
    caller: "server",
    path: webhookEndpointId,
    request: { schema: replaySchema, examples: { "Since a morning": { since: "2026-11-21T09:00:00Z" } } },
    answers: [
      { status: 200, description: "The number of deliveries.", schema: replayAnswerSchema, example: { replayed: 12 } },
    ],
    errors: ["webhook_endpoint_not_found"],
  },
};
