import * as z from "zod";
import { limitSchema, pageSchema } from "../values/cursor.schema.ts";
import { isMerchantName } from "./keys.ts";
import type { MerchantPage, MerchantsQuery, OperatorSession, OperatorSignInRequest } from "./operator.ts";

/** Strict: the body of `POST /v1/operator/session`. */
export const operatorSignInSchema = z.strictObject({
  admin_key: z.string().max(1000).describe("The `ADMIN_KEY` of the deployment."),
}) satisfies z.ZodType<OperatorSignInRequest>;

/** Response of `POST /v1/operator/session` and of `GET /v1/operator/session`. */
export const operatorSessionSchema = z
  .object({
    environment: z.enum(["sandbox", "live"]),
    signed_in_at: z.iso.datetime(),
    expires_at: z.iso.datetime().describe("When the session ends, unless it is used again before."),
  })
  .describe("The operator's session.") satisfies z.ZodType<OperatorSession>;

/** Strict: the query of `GET /v1/merchants`, whose values are all text. */
export const merchantsQuerySchema = z.strictObject({
  after: z
    .string()
    .refine(isMerchantName, "must be the name of a merchant")
    .describe("Name of the last merchant of the previous page.")
    .optional(),
  limit: limitSchema.optional(),
}) satisfies z.ZodType<MerchantsQuery>;

/** Response of `GET /v1/merchants`. */
export const merchantPageSchema = pageSchema(
  z.object({
    merchant: z.string(),
    listed_at: z.iso.datetime().describe("When the deployment first saw the merchant."),
  }),
).describe("The merchants of the deployment, by name.") satisfies z.ZodType<MerchantPage>;
