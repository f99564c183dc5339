import { z } from "zod";
import { isMerchantName } from "./keys.ts";
import type {
  ChangeMerchantRequest,
  ConnectLink,
  CreatedMerchant,
  CreateMerchantRequest,
  MerchantAnswer,
  MerchantDisconnected,
  ReplaceKeysRequest,
} from "./merchant.ts";
import { readOrigin } from "./origin.ts";

const origin = z
  .string()
  .max(255, { abort: true })
  .superRefine((text, context) => {
    const read = readOrigin(text);
    if ("problem" in read) context.addIssue({ code: "custom", message: read.problem });
  })
  .overwrite((text) => {
    const read = readOrigin(text);
    return "origin" in read ? read.origin : text;
  })
  .max(255);

const allowed_origins = z
  .array(origin)
  .max(50)
  .overwrite((origins) => [...new Set(origins)])
  .describe(
    "Origins of the pages that may pay, in the form that browsers send: https, or http on the local machine; with a local Worker, also http in `.test` and `.local`.",
  );

/** Strict: the body of `POST /v1/merchants`. */
export const createMerchantRequestSchema = z.strictObject({
  name: z
    .string()
    .refine(isMerchantName, "must be 1 to 39 lower-case letters, digits and hyphens")
    .describe("1 to 39 lower-case letters, digits and hyphens. It is part of both keys, and never changes."),
  allowed_origins,
}) satisfies z.ZodType<CreateMerchantRequest>;

/** Strict: the body of `PATCH /v1/merchants/{merchant}`. */
export const changeMerchantRequestSchema = z.strictObject({
  allowed_origins,
}) satisfies z.ZodType<ChangeMerchantRequest>;

/** Strict: the body of `POST /v1/merchants/{merchant}/replace_keys`. */
export const replaceKeysRequestSchema = z.strictObject({
  webhook_endpoints: z
    .literal("disable")
    .describe("Has nothing more sent to any webhook endpoint until the merchant enables its own again.")
    .optional(),
}) satisfies z.ZodType<ReplaceKeysRequest>;

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
  .object({ merchant, allowed_origins })
  .describe("What can be changed of a merchant.") satisfies z.ZodType<MerchantAnswer>;

/** The answer of `POST /v1/merchants/{merchant}/disconnect`. */
export const merchantDisconnectedSchema = z
  .object({ merchant, disconnected: z.literal(true), consent_revoked: z.boolean() })
  .describe("A merchant whose consent has ended here.") satisfies z.ZodType<MerchantDisconnected>;
