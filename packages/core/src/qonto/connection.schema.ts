import * as z from "zod";
import { linesSchema } from "../text/text.schema.ts";
import type { CreateConnection, PaymentLinkConnection } from "./connection.ts";

/**
 * Returns an address in the form of the URL parser, without the slash that it adds to an origin. Returns any other text
 * unchanged.
 */
function parsedAddress(text: string): string {
  if (!URL.canParse(text)) return text;
  const { href, origin } = new URL(text);
  return href === `${origin}/` && !text.trim().endsWith("/") ? origin : href;
}

/** Strict: the request body that connects a bank account. Source: `CreatePaymentLinkConnectionRequest`. */
export const createConnectionSchema = z.strictObject({
  partner_callback_url: z
    .string()
    .max(2000, { abort: true })
    .check(z.url({ normalize: true }))
    .describe("Where the provider sends the merchant's browser at the end."),
  user_bank_account_id: z.string().min(1).max(100),
  user_phone_number: z.string().regex(/^\+[1-9]\d{1,14}$/, "must be in E.164 form, like +33612345678"),
  user_website_url: z
    .string()
    .max(255, { abort: true })
    .overwrite(parsedAddress)
    .max(255)
    .regex(/^https?:\/\/[^@\s/]+\.[^@\s]+$/, "must begin with http or https, name a site, and hold no @"),
  business_description: linesSchema(80, 2000).nullable().describe("80 characters or more."),
}) satisfies z.ZodType<CreateConnection>;

/** Lenient: the connection as Qonto returns it. Source: `PaymentLinkConnection`. */
export const connectionSchema = z.looseObject({
  connection_location: z.string().nullish().describe("Where the merchant finishes connecting, if Qonto answers it."),
  status: z.string().describe("`enabled`, `pending`, `disabled`, `not_connected`; Qonto may add to these."),
  bank_account_id: z.string().nullish().describe("The account that receives the payments, if Qonto answers it."),
}) satisfies z.ZodType<PaymentLinkConnection>;

/** One connection, read bare (documented) or under `connection` (as an integrator's code accepts it). */
export const oneConnectionSchema = z.union([
  z.looseObject({ connection: connectionSchema }).transform((envelope) => envelope.connection),
  connectionSchema,
]);
