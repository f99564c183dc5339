import { z } from "zod";
import type { EventsQuery } from "./event.ts";

/** Strict: the query of `GET /v1/events`, whose values are all text. */
export const eventsQuerySchema = z.strictObject({
  after: z
    .string()
    .regex(/^evt_[0-9a-z]{20}$/, "must be the id of an event")
    .optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(1).max(100))
    .optional(),
}) satisfies z.ZodType<EventsQuery>;
