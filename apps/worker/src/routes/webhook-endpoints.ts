import {
  createWebhookEndpointSchema,
  deliveriesQuerySchema,
  deliveryPageSchema,
  deliverySchema,
  replayAnswerSchema,
  replaySchema,
  updateWebhookEndpointSchema,
  webhookEndpointPageSchema,
  webhookEndpointSchema,
  webhookEndpointsQuerySchema,
  webhookEndpointWithSecretSchema,
} from "@qonto-pay/core/api.schema";
import { DELIVERY, WEBHOOK_ENDPOINT, WEBHOOK_SECRET } from "../openapi/examples.ts";
import { deliveryOfEndpoint, webhookEndpointId } from "../openapi/parameters.ts";
import { type Route, serverRoute } from "./route.ts";

export const webhookEndpoints: readonly Route[] = [
  serverRoute({
    method: "POST",
    path: "/v1/webhook_endpoints",
    body: createWebhookEndpointSchema,
    operation: "createWebhookEndpoint",
    status: 201,
    docs: WITH_DOCS && {
      id: "createWebhookEndpoint",
      tag: "Webhooks",
      summary: "Create a webhook endpoint",
      description:
        "Adds an address that receives events, signed as Standard Webhooks define. The address must be https on port 443 at a public name: no IP address, no user name, no fragment. The response contains it in the form of the URL parser. One address is one endpoint: if you register it again, the same endpoint gets the settings of this request and a new secret, and is enabled. Each replaced secret also signs for another 24 hours.",
      bodyExamples: { "For all events": { url: WEBHOOK_ENDPOINT.url, description: "Our shop" } },
      answer: {
        description: "The endpoint with its secret, which is returned only once.",
        schema: webhookEndpointWithSecretSchema,
        example: { ...WEBHOOK_ENDPOINT, secret: WEBHOOK_SECRET },
      },
      errors: ["webhook_endpoint_limit"],
    },
  }),
  serverRoute({
    method: "GET",
    path: "/v1/webhook_endpoints",
    query: webhookEndpointsQuerySchema,
    operation: "listWebhookEndpoints",
    docs: WITH_DOCS && {
      id: "listWebhookEndpoints",
      tag: "Webhooks",
      summary: "List webhook endpoints",
      description: "Oldest first. A merchant can have 5.",
      answer: {
        description: "The endpoints.",
        schema: webhookEndpointPageSchema,
        example: { data: [WEBHOOK_ENDPOINT], has_more: false },
      },
    },
  }),
  serverRoute({
    method: "GET",
    path: "/v1/webhook_endpoints/:id",
    operation: "readWebhookEndpoint",
    docs: WITH_DOCS && {
      id: "getWebhookEndpoint",
      tag: "Webhooks",
      summary: "Read a webhook endpoint",
      description: "Without its secret.",
      path: webhookEndpointId,
      answer: { description: "The endpoint.", schema: webhookEndpointSchema, example: WEBHOOK_ENDPOINT },
      errors: ["webhook_endpoint_not_found"],
    },
  }),
  serverRoute({
    method: "PATCH",
    path: "/v1/webhook_endpoints/:id",
    body: updateWebhookEndpointSchema,
    operation: "updateWebhookEndpoint",
    docs: WITH_DOCS && {
      id: "updateWebhookEndpoint",
      tag: "Webhooks",
      summary: "Change a webhook endpoint",
      description:
        "Absent fields stay as they are. If the endpoint is enabled again, its pending deliveries are sent at once. For events recorded while it was disabled, use replay.",
      path: webhookEndpointId,
      bodyExamples: {
        "Only what was paid": { event_types: ["checkout.paid", "checkout.duplicate_payment"], enabled: true },
      },
      answer: {
        description: "The endpoint.",
        schema: webhookEndpointSchema,
        example: { ...WEBHOOK_ENDPOINT, event_types: ["checkout.paid", "checkout.duplicate_payment"] },
      },
      errors: ["webhook_endpoint_not_found"],
    },
  }),
  serverRoute({
    method: "DELETE",
    path: "/v1/webhook_endpoints/:id",
    operation: "deleteWebhookEndpoint",
    status: 204,
    docs: WITH_DOCS && {
      id: "deleteWebhookEndpoint",
      tag: "Webhooks",
      summary: "Delete a webhook endpoint",
      description: "Also deletes its pending deliveries.",
      path: webhookEndpointId,
      answer: { description: "The endpoint was deleted." },
      errors: ["webhook_endpoint_not_found"],
    },
  }),
  serverRoute({
    method: "POST",
    path: "/v1/webhook_endpoints/:id/rotate_secret",
    operation: "rotateWebhookSecret",
    docs: WITH_DOCS && {
      id: "rotateWebhookSecret",
      tag: "Webhooks",
      summary: "Rotate a webhook endpoint's secret",
      description:
        "The previous secret also signs until `previous_secret_until`. If you rotate again before, each replaced secret signs for its own 24 hours; if there are more than 9, the latest 9 do.",
      path: webhookEndpointId,
      answer: {
        description: "The endpoint with its new secret, which is returned only once.",
        schema: webhookEndpointWithSecretSchema,
        example: { ...WEBHOOK_ENDPOINT, previous_secret_until: "2026-11-22T09:00:00.000Z", secret: WEBHOOK_SECRET },
      },
      errors: ["webhook_endpoint_not_found"],
    },
  }),
  serverRoute({
    method: "GET",
    path: "/v1/webhook_endpoints/:id/deliveries",
    query: deliveriesQuerySchema,
    operation: "listDeliveries",
    docs: WITH_DOCS && {
      id: "listDeliveries",
      tag: "Webhooks",
      summary: "List deliveries",
      description: "Lists the deliveries of events to this endpoint, with their status.",
      path: webhookEndpointId,
      answer: {
        description: "A page of deliveries.",
        schema: deliveryPageSchema,
        example: { data: [DELIVERY], has_more: false },
      },
      errors: ["webhook_endpoint_not_found"],
    },
  }),
  serverRoute({
    method: "POST",
    path: "/v1/webhook_endpoints/:id/deliveries/:delivery/replay",
    operation: "replayDelivery",
    input: ({ params }) => ({ id: params.id, deliveryId: params.delivery }),
    docs: WITH_DOCS && {
      id: "replayDelivery",
      tag: "Webhooks",
      summary: "Send a delivery again",
      description: "Works in every status of the delivery, with a new retry schedule.",
      path: deliveryOfEndpoint,
      answer: {
        description: "The delivery.",
        schema: deliverySchema,
        example: { ...DELIVERY, status: "pending", attempts: 0, last_status: null, last_problem: null },
      },
      errors: ["delivery_not_found", "webhook_endpoint_not_found"],
    },
  }),
  serverRoute({
    method: "POST",
    path: "/v1/webhook_endpoints/:id/replay",
    body: replaySchema,
    operation: "replaySince",
    docs: WITH_DOCS && {
      id: "replaySince",
      tag: "Webhooks",
      summary: "Send undelivered events since a time",
      description: "Sends dead letters, and events that were never sent to the endpoint, from at most 30 days ago.",
      path: webhookEndpointId,
      bodyExamples: { "Since a morning": { since: "2026-11-21T09:00:00Z" } },
      answer: { description: "The number of deliveries.", schema: replayAnswerSchema, example: { replayed: 12 } },
      errors: ["webhook_endpoint_not_found"],
    },
  }),
];
