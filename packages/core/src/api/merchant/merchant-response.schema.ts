import * as z from "zod";
import type { ConnectLink, CreatedMerchant, MerchantAnswer, MerchantDisconnected } from "./merchant.ts";
import { allowedOriginsSchema } from "./merchant.schema.ts";

const merchant = z.string().describe("The merchant's name.");

/** The answer of `POST /v1/merchants/{merchant}/connect_link`. */
export const connectLinkSchema = z
  .object({
    connect_url: z.url().describe("Where the merchant connects Qonto. Whoever opens it first may do so, once."),
    expires_at: z.iso.datetime(),
  })
  .describe("A link where the merchant connects Qonto.") satisfies z.ZodType<ConnectLink>;

/** The answer of `POST /v1/merchants`. */
export const createdMerchantSchema = z
  .object({
    merchant,
    publishable_key: z.string().describe("For the merchant's pages. Not secret."),
    secret_key: z.string().describe("For the merchant's servers. Told this once."),
    connect_url: connectLinkSchema.shape.connect_url,
  })
  .describe("A new merchant, with both of its keys.") satisfies z.ZodType<CreatedMerchant>;

/** The answer of `PATCH /v1/merchants/{merchant}`. */
export const merchantAnswerSchema = z
  .object({ merchant, allowed_origins: allowedOriginsSchema })
  .describe("What can be changed of a merchant.") satisfies z.ZodType<MerchantAnswer>;

/** The answer of `POST /v1/merchants/{merchant}/disconnect`. */
export const merchantDisconnectedSchema = z
  .object({ merchant, disconnected: z.literal(true), consent_revoked: z.boolean() })
  .describe("A merchant whose consent has ended here.") satisfies z.ZodType<MerchantDisconnected>;
