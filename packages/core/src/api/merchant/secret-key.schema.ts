import * as z from "zod";
import { cursorPage } from "../values/cursor.schema.ts";
import type { PageQuery } from "../values/page.ts";

/** Strict: the query of `GET /v1/keys`, whose values are all text. */
export const keysQuerySchema = z.strictObject(cursorPage("key")) satisfies z.ZodType<PageQuery>;
