import * as z from "zod";
import { cursorPage } from "../values/cursor.schema.ts";
import { neededWithout, notBoth } from "../values/one-of-two.schema.ts";
import type { PageQuery } from "../values/page.ts";
import type { SignInRequest } from "./console-session.ts";

const NOT_BOTH = notBoth("secret_key", "link_token");

const withKey = z.strictObject(
  {
    secret_key: z
      .string(neededWithout("link_token"))
      .max(200, { abort: true })
      .trim()
      .describe(
        "A secret key of the merchant, `sk_{sandbox|live}_{merchant}_{random}`. White space around it is ignored.",
      ),
  },
  NOT_BOTH,
);

const withLink = z.strictObject(
  {
    link_token: z
      .string(neededWithout("secret_key"))
      .max(200, { abort: true })
      .trim()
      .describe("The token of a sign-in link: the text after `#sign-in=` in its address."),
  },
  NOT_BOTH,
);

/** Strict: the body of `POST /v1/console/session`. */
export const signInRequestSchema = z.union([withKey, withLink]) satisfies z.ZodType<SignInRequest>;

/** Strict: the query of `GET /v1/console/sessions`, whose values are all text. */
export const consoleSessionsQuerySchema = z.strictObject(cursorPage("ses")) satisfies z.ZodType<PageQuery>;
