import * as z from "zod";
import { cursorPage } from "../values/cursor.schema.ts";
import type { EventsQuery } from "./event.ts";

/** Strict: the query of `GET /v1/events`, whose values are all text. */
export const eventsQuerySchema = z.strictObject(cursorPage("evt")) satisfies z.ZodType<EventsQuery>;
