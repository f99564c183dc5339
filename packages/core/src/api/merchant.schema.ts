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

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a text is an origin as a browser sends it, and one that nobody on the way can pretend to be. */
function isSafeOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  return origin === text && (protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname)));
}

/** The slash at its end is what people copy with it. */
function ruleBrokenBy(text: string): string {
  const isAddress = URL.canParse(text) && isSafeOrigin(new URL(text).origin);
  if (!isAddress) return "must be an https origin, like https://shop.example";
  if (text.endsWith("/")) return "must have no slash at its end, like https://shop.example";
  return "must be an origin alone, without a path and in lower case, like https://shop.example";
}

const allowed_origins = z
  .array(
    z
      .string()
      .max(255)
      .refine(isSafeOrigin, { error: ({ input }) => ruleBrokenBy(String(input)) }),
  )
  .max(50)
  .describe("Origins of the pages that may pay: https, or http on this very machine.");

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
