import type { EventPage } from "@qonto-pay/core/api";
import { eventPageSchema, eventsQuerySchema } from "@qonto-pay/core/api.schema";
import { EVENT } from "../openapi/examples.ts";
import type { z } from "zod";
import { type Route, serverRoute } from "./route.ts";

export const events: readonly Route[] = [
  serverRoute({
    method: "GET",
    path: "/v1/events",
    query: eventsQuerySchema,
    operation: "listEvents",
    docs: WITH_DOCS && {
      id: "listEvents",
      tag: "Events",
      summary: "List events",
      description: "Oldest first. To read newer events later, store the last `id` and send it as `after`.",
      answer: {
        description: "A page of events.",
        // The schema leaves open the data of each event type.
        schema: eventPageSchema as unknown as z.ZodType<EventPage>,
        example: { data: [EVENT], has_more: false },
      },
    },
  }),
];
