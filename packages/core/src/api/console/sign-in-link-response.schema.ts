import * as z from "zod";
import { pageSchema } from "../values/cursor.schema.ts";
import type { SignInLink, SignInLinkInfo, SignInLinkPage } from "./sign-in-link.ts";

const signInLinkInfoSchema = z.object({
  id: z.string(),
  role: z.enum(["owner", "viewer"]),
  name: z.string().describe("The person or the purpose."),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
}) satisfies z.ZodType<SignInLinkInfo>;

/** Response of `POST /v1/console/sign_in_links`. */
export const signInLinkSchema = signInLinkInfoSchema
  .extend({
    url: z
      .url()
      .describe("The page of the console where the link is used. Returned only once: the Worker stores its hash."),
  })
  .describe("A link that signs one browser in.") satisfies z.ZodType<SignInLink>;

/** Response of `GET /v1/console/sign_in_links`, and of deleting one. */
export const signInLinkPageSchema = pageSchema(signInLinkInfoSchema).describe(
  "The links that were not used yet, the latest first.",
) satisfies z.ZodType<SignInLinkPage>;
