import * as z from "zod";
import { cursorPage } from "../values/cursor.schema.ts";
import type { PageQuery } from "../values/page.ts";
import type { SignInRequest } from "./console-session.ts";

/** Strict: the body of `POST /v1/console/session`. */
export const signInRequestSchema = z.strictObject({
  secret_key: z
    .string()
    .max(200, { abort: true })
    .trim()
    .describe(
      "A secret key of the merchant, `sk_{sandbox|live}_{merchant}_{random}`. White space around it is ignored.",
    ),
}) satisfies z.ZodType<SignInRequest>;

/** Strict: the query of `GET /v1/console/sessions`, whose values are all text. */
export const consoleSessionsQuerySchema = z.strictObject(cursorPage("ses")) satisfies z.ZodType<PageQuery>;
