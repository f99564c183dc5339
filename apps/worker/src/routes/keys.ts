import { keysQuerySchema } from "@qonto-pay/core/api.schema";
import { jsonResponse } from "../http/json-response.ts";
import { callAsServer } from "./request/call-as-server.ts";
import type { RouteContext } from "./request/route-context.ts";

/** `GET /v1/keys?after=&limit=` by secret key. */
export async function getKeys(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await callAsServer(request, context, "listKeys", (sent) => sent.query(keysQuerySchema)));
}

/** `POST /v1/keys` by secret key: another one, told this once. */
export async function postKey(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await callAsServer(request, context, "createKey", () => null), 201);
}

/** `DELETE /v1/keys/{id}` by another secret key. */
export async function deleteKey(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await callAsServer(request, context, "revokeKey", () => ({ id: context.params["id"] ?? "" })));
}
