import { jsonResponse } from "../http/json-response.ts";
import { healthSchema } from "../openapi/components.ts";
import { type Route, route } from "./route.ts";

export const health: readonly Route[] = [
  route({
    method: "GET",
    path: "/health",
    caller: "anyone",
    // The settings are read before any route.
    handle: () => jsonResponse({ status: "ok" }),
    docs: WITH_DOCS && {
      id: "getHealth",
      tag: "Service",
      summary: "Tell whether the Worker runs",
      description: "And whether its settings are whole. Says nothing of Qonto.",
      answers: [{ status: 200, description: "It does.", schema: healthSchema, example: { status: "ok" } }],
    },
  }),
];
