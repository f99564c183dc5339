import { eventsQuerySchema } from "@qonto-pay/core/api.schema";
import { jsonResponse } from "../http/json-response.ts";
import { callAsServer } from "./request/call-as-server.ts";
import type { RouteContext } from "./request/route-context.ts";

/** `GET /v1/events?after=&limit=` by secret key. */
export async function getEvents(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await callAsServer(request, context, "listEvents", (sent) => sent.query(eventsQuerySchema)));
}
