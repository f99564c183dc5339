import {
  checkoutsQuerySchema,
  createServerCheckoutRequestSchema,
  updateCheckoutRequestSchema,
} from "@qonto-pay/core/api.schema";
import { listPaymentsQuerySchema } from "@qonto-pay/core/qonto.schema";
import { jsonResponse } from "../http/json-response.ts";
import { callAsServer } from "./request/call-as-server.ts";
import type { RequestInput } from "./request/request-input.ts";
import type { RouteContext } from "./request/route-context.ts";

/** A basket of 100 items with long descriptions. */
const MAX_BODY_BYTES = 128 * 1024;

/** `POST /v1/checkouts` by secret key: items with the server's own prices, or an invoice. */
export async function postServerCheckout(request: Request, context: RouteContext): Promise<Response> {
  const readBody = (sent: RequestInput) => sent.body(createServerCheckoutRequestSchema, MAX_BODY_BYTES);
  return jsonResponse(await callAsServer(request, context, "createServerCheckout", readBody), 201);
}

/** `GET /v1/checkouts?status[]=&reference=&metadata[key]=&opened_by[]=&created_from=&created_before=&after=&limit=` by secret key. */
export async function getCheckouts(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(
    await callAsServer(request, context, "listCheckouts", (sent) => sent.query(checkoutsQuerySchema)),
  );
}

/** `GET /v1/checkouts/{id}` by secret key. */
export async function getCheckout(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await callAsServer(request, context, "readCheckout", () => idOf(context)));
}

/** `PATCH /v1/checkouts/{id}` by secret key: its reference and metadata, in every status. */
export async function patchCheckout(request: Request, context: RouteContext): Promise<Response> {
  const changed = await callAsServer(request, context, "updateCheckout", async (sent) => ({
    ...idOf(context),
    request: await sent.body(updateCheckoutRequestSchema, MAX_BODY_BYTES),
  }));
  return jsonResponse(changed);
}

/** `GET /v1/checkouts/{id}/payments?status[]=&sort_by=&page=&per_page=` by secret key, in Qonto's own words. */
export async function getCheckoutPayments(request: Request, context: RouteContext): Promise<Response> {
  const readInput = (sent: RequestInput) => ({ ...idOf(context), query: sent.query(listPaymentsQuerySchema) });
  return jsonResponse(await callAsServer(request, context, "listCheckoutPayments", readInput));
}

/** `POST /v1/checkouts/{id}/cancel` by secret key: nobody can pay it any more. */
export async function postCancel(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await callAsServer(request, context, "cancelCheckout", () => idOf(context)));
}

/** `POST /v1/checkouts/{id}/sync` by secret key: reads its link from Qonto now. */
export async function postSync(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await callAsServer(request, context, "syncCheckout", () => idOf(context)));
}

function idOf({ params }: RouteContext): { readonly id: string } {
  return { id: params["id"] ?? "" };
}
