import {
  createWebhookEndpointSchema,
  deliveriesQuerySchema,
  replaySchema,
  updateWebhookEndpointSchema,
  webhookEndpointsQuerySchema,
} from "@qonto-pay/core/api.schema";
import { jsonResponse, emptyResponse } from "../http/json-response.ts";
import { callAsServer } from "./request/call-as-server.ts";
import type { RequestInput } from "./request/request-input.ts";
import type { RouteContext } from "./request/route-context.ts";

/** `POST /v1/webhook_endpoints` by secret key. The answer is the one place that shows the secret. */
export async function postWebhookEndpoint(request: Request, context: RouteContext): Promise<Response> {
  const readBody = (sent: RequestInput) => sent.body(createWebhookEndpointSchema);
  return jsonResponse(await callAsServer(request, context, "createWebhookEndpoint", readBody), 201);
}

/** `GET /v1/webhook_endpoints?after=&limit=` by secret key. */
export async function getWebhookEndpoints(request: Request, context: RouteContext): Promise<Response> {
  const readQuery = (sent: RequestInput) => sent.query(webhookEndpointsQuerySchema);
  return jsonResponse(await callAsServer(request, context, "listWebhookEndpoints", readQuery));
}

/** `GET /v1/webhook_endpoints/{id}` by secret key. */
export async function getWebhookEndpoint(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await callAsServer(request, context, "readWebhookEndpoint", () => idOf(context)));
}

/** `PATCH /v1/webhook_endpoints/{id}` by secret key. */
export async function patchWebhookEndpoint(request: Request, context: RouteContext): Promise<Response> {
  const changed = await callAsServer(request, context, "updateWebhookEndpoint", async (sent) => ({
    ...idOf(context),
    request: await sent.body(updateWebhookEndpointSchema),
  }));
  return jsonResponse(changed);
}

/** `DELETE /v1/webhook_endpoints/{id}` by secret key. */
export async function deleteWebhookEndpoint(request: Request, context: RouteContext): Promise<Response> {
  await callAsServer(request, context, "deleteWebhookEndpoint", () => idOf(context));
  return emptyResponse();
}

/** `POST /v1/webhook_endpoints/{id}/rotate_secret` by secret key. */
export async function postRotateSecret(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await callAsServer(request, context, "rotateWebhookSecret", () => idOf(context)));
}

/** `GET /v1/webhook_endpoints/{id}/deliveries?status=&after=&limit=` by secret key. */
export async function getDeliveries(request: Request, context: RouteContext): Promise<Response> {
  const readInput = (sent: RequestInput) => ({ ...idOf(context), query: sent.query(deliveriesQuerySchema) });
  return jsonResponse(await callAsServer(request, context, "listDeliveries", readInput));
}

/** `POST /v1/webhook_endpoints/{id}/deliveries/{delivery}/replay` by secret key. */
export async function postReplayDelivery(request: Request, context: RouteContext): Promise<Response> {
  const readInput = () => ({ ...idOf(context), deliveryId: context.params["delivery"] ?? "" });
  return jsonResponse(await callAsServer(request, context, "replayDelivery", readInput));
}

/** `POST /v1/webhook_endpoints/{id}/replay` by secret key. */
export async function postReplay(request: Request, context: RouteContext): Promise<Response> {
  const replayed = await callAsServer(request, context, "replaySince", async (sent) => ({
    ...idOf(context),
    request: await sent.body(replaySchema),
  }));
  return jsonResponse(replayed);
}

function idOf({ params }: RouteContext): { readonly id: string } {
  return { id: params["id"] ?? "" };
}
