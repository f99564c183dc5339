import * as z from "zod";
import { textSchema } from "../../text/text.schema.ts";
import { cursorPage } from "../values/cursor.schema.ts";
import type { PageQuery } from "../values/page.ts";
import type { CreateSignInLinkRequest } from "./sign-in-link.ts";

const WEEK_SECONDS = 7 * 24 * 60 * 60;

/** Strict: the body of `POST /v1/console/sign_in_links`. */
export const createSignInLinkSchema = z.strictObject({
  role: z.enum(["owner", "viewer"]).describe("A viewer only reads. An owner may also change everything."),
  name: textSchema(80).describe("The person or the purpose, as the list of sessions shows it."),
  expires_in: z.int().min(60).max(WEEK_SECONDS).optional().describe("Seconds. 900 (15 minutes) by default."),
}) satisfies z.ZodType<CreateSignInLinkRequest>;

/** Strict: the query of `GET /v1/console/sign_in_links`, whose values are all text. */
export const signInLinksQuerySchema = z.strictObject(cursorPage("lnk")) satisfies z.ZodType<PageQuery>;
