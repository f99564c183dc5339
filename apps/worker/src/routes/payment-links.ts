import {
  createPaymentLinkSchema,
  listPaymentLinksQuerySchema,
  listPaymentsQuerySchema,
} from "@qonto-pay/core/qonto.schema";
import { jsonResponse } from "../http/json-response.ts";
import { callAsServer } from "./request/call-as-server.ts";
import type { RequestInput } from "./request/request-input.ts";
import type { RouteContext } from "./request/route-context.ts";

/** A basket of some hundred lines with long descriptions. */
const MAX_BODY_BYTES = 256 * 1024;

/** `POST /v1/payment_links` by secret key, in Qonto's own words. */
export async function postPaymentLink(request: Request, context: RouteContext): Promise<Response> {
  const readBody = (sent: RequestInput) => sent.body(createPaymentLinkSchema, MAX_BODY_BYTES);
  return jsonResponse({ payment_link: await callAsServer(request, context, "createPaymentLink", readBody) }, 201);
}

/** `GET /v1/payment_links?status[]=&sort_by=&page=&per_page=` by secret key. */
export async function getPaymentLinks(request: Request, context: RouteContext): Promise<Response> {
  const readQuery = (sent: RequestInput) => sent.query(listPaymentLinksQuerySchema);
  return jsonResponse(await callAsServer(request, context, "listPaymentLinks", readQuery));
}

/** `GET /v1/payment_links/{id}` by secret key. */
export async function getPaymentLink(request: Request, context: RouteContext): Promise<Response> {
  const payment_link = await callAsServer(request, context, "readPaymentLink", () => idOf(context));
  return jsonResponse({ payment_link });
}

/** `GET /v1/payment_links/{id}/payments?status[]=&sort_by=&page=&per_page=` by secret key. */
export async function getPayments(request: Request, context: RouteContext): Promise<Response> {
  const readInput = (sent: RequestInput) => ({ ...idOf(context), query: sent.query(listPaymentsQuerySchema) });
  return jsonResponse(await callAsServer(request, context, "listPayments", readInput));
}

/** `PATCH /v1/payment_links/{id}/deactivate` by secret key. */
export async function patchDeactivate(request: Request, context: RouteContext): Promise<Response> {
  const payment_link = await callAsServer(request, context, "deactivatePaymentLink", () => idOf(context));
  return jsonResponse({ payment_link });
}

function idOf({ params }: RouteContext): { readonly id: string } {
  return { id: params["id"] ?? "" };
}
