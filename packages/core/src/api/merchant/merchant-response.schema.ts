import * as z from "zod";
import type { ConnectLink, CreatedMerchant, MerchantAnswer, MerchantDisconnected } from "./merchant.ts";
import { allowedOriginsSchema, retentionSchema } from "./merchant.schema.ts";

const merchant = z.string().describe("The merchant's name.");

/** Response of `POST /v1/merchants/{merchant}/connect_link`. */
export const connectLinkSchema = z
  .object({
    connect_url: z
      .url()
      .describe("Where the merchant connects Qonto. It is valid for 7 days and for the first browser that uses it."),
    expires_at: z.iso.datetime(),
  })
  .describe("A link where the merchant connects Qonto.") satisfies z.ZodType<ConnectLink>;

/** Response of `POST /v1/merchants`. */
export const createdMerchantSchema = z
  .object({
    merchant,
    publishable_key: z.string().describe("For the merchant's pages. Not secret."),
    secret_key: z.string().describe("For the merchant's servers. It is returned only once."),
    connect_url: connectLinkSchema.shape.connect_url,
  })
  .describe("A new merchant, with both of its keys.") satisfies z.ZodType<CreatedMerchant>;

/** Response of `PATCH /v1/merchants/{merchant}`. */
export const merchantAnswerSchema = z
  .object({ merchant, allowed_origins: allowedOriginsSchema, retention: retentionSchema })
  .describe("The settings of a merchant.") satisfies z.ZodType<MerchantAnswer>;

/** Response of `POST /v1/merchants/{merchant}/disconnect`. */
export const merchantDisconnectedSchema = z
  .object({ merchant, disconnected: z.literal(true), consent_revoked: z.boolean() })
  .describe("A merchant whose authorization has ended in this Worker.") satisfies z.ZodType<MerchantDisconnected>;
