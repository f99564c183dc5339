import { createServerCheckoutRequestSchema } from "@qonto-pay/core/api.schema";
import { answerJson } from "../http/answer.ts";
import { asServer } from "./as-server.ts";
import { checkedJson } from "./checked-json.ts";
import { idempotencyKeyOf } from "./idempotency-key.ts";
import type { RouteContext } from "./route-context.ts";

/** A basket of 100 items with long descriptions. */
const MAX_BODY_BYTES = 128 * 1024;

/** `POST /v1/checkouts` by secret key: items with the server's own prices, or an invoice. */
export async function postServerCheckout(request: Request, context: RouteContext): Promise<Response> {
  const { checkout, isNew } = await asServer(request, context, "createServerCheckout", async () => ({
    idempotencyKey: idempotencyKeyOf(request),
    request: await checkedJson(createServerCheckoutRequestSchema, request, MAX_BODY_BYTES),
  }));
  return answerJson(checkout, isNew ? 201 : 200);
}

/** `GET /v1/checkouts/{id}` by secret key. */
export async function getCheckout(request: Request, context: RouteContext): Promise<Response> {
  return answerJson(await asServer(request, context, "readCheckout", () => ({ id: context.params["id"] ?? "" })));
}

/** `POST /v1/checkouts/{id}/sync` by secret key: reads its link from Qonto now. */
export async function postSync(request: Request, context: RouteContext): Promise<Response> {
  return answerJson(await asServer(request, context, "syncCheckout", () => ({ id: context.params["id"] ?? "" })));
}
