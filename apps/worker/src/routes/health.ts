import { jsonResponse } from "../http/json-response.ts";
import { healthSchema } from "../openapi/components.ts";
import { type Route, route } from "./route.ts";

export const health: readonly Route[] = [
  route({
    method: "GET",
    path: "/health",
    caller: "anyone",
    // The router reads the settings before any route.
    handle: (_request, { config }) => jsonResponse({ status: "ok", environment: config.environment }),
    docs: WITH_DOCS && {
      id: "getHealth",
      tag: "Service",
      summary: "Check that the Worker runs",
      description: "Also checks that its settings are complete, and names its environment. Does not check Qonto.",
      answers: [
        {
          status: 200,
          description: "The Worker runs.",
          schema: healthSchema,
          example: { status: "ok", environment: "sandbox" },
        },
      ],
    },
  }),
];
