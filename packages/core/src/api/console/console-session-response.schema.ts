import * as z from "zod";
import { pageSchema } from "../values/cursor.schema.ts";
import type { ConsoleSession, ConsoleSessionInfo, ConsoleSessionPage } from "./console-session.ts";

const consoleSessionInfoSchema = z.object({
  id: z.string(),
  role: z.enum(["owner", "viewer"]).describe("A viewer only reads. An owner may also change everything."),
  signed_in_with: z.enum(["secret_key", "link"]),
  name: z
    .string()
    .nullable()
    .describe("The person or the purpose that the link was created for. `null` without a link."),
  secret_key: z
    .object({ id: z.string(), ends_with: z.string() })
    .nullable()
    .describe(
      "The secret key of the sign-in, or the one with which its link was created. Revoking it ends the session.",
    ),
  signed_in_at: z.iso.datetime(),
  last_used_at: z.iso.datetime().describe("Accurate to 5 minutes."),
  expires_at: z.iso.datetime().describe("When the session ends, unless it is used again before."),
  current: z.boolean().describe("Whether the request was sent with this session."),
}) satisfies z.ZodType<ConsoleSessionInfo>;

/** Response of `POST /v1/console/session` and of `GET /v1/console/session`. */
export const consoleSessionSchema = consoleSessionInfoSchema
  .extend({
    merchant: z.string(),
    organization: z
      .string()
      .nullable()
      .describe("Name of the merchant's organization at Qonto. `null` until the merchant has connected."),
    environment: z.enum(["sandbox", "live"]),
    fresh: z.boolean().describe("Whether the session may make calls that need a recent sign-in."),
    fresh_until: z.iso.datetime().describe("10 minutes after the sign-in."),
  })
  .describe("The session of the browser that sent the request.") satisfies z.ZodType<ConsoleSession>;

/** Response of `GET /v1/console/sessions`, and of revoking one. */
export const consoleSessionPageSchema = pageSchema(consoleSessionInfoSchema).describe(
  "The browsers that are signed in, the latest sign-in first.",
) satisfies z.ZodType<ConsoleSessionPage>;
