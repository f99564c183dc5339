import * as z from "zod";
import { isMerchantName } from "./keys.ts";
import type {
  ChangeMerchantRequest,
  ChangeOwnMerchantRequest,
  CreateMerchantRequest,
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

/** Origins of pages, each once, in the form that browsers send. */
export const allowedOriginsSchema = z
  .array(origin)
  .max(50)
  .overwrite((origins) => [...new Set(origins)])
  .describe(
    "Origins of the pages that may accept payments, in the form that browsers send: https, or http on the local machine; with a local Worker, also http in `.test` and `.local`.",
  );

/** Strict: the body of `POST /v1/merchants`. */
export const createMerchantRequestSchema = z.strictObject({
  name: z
    .string()
    .refine(isMerchantName, "must be 1 to 39 lower-case letters, digits and hyphens")
    .describe("1 to 39 lower-case letters, digits and hyphens. It is part of both keys, and never changes."),
  allowed_origins: allowedOriginsSchema,
}) satisfies z.ZodType<CreateMerchantRequest>;

/** How long ended checkouts are kept. */
export const retentionSchema = z
  .strictObject({
    unpaid_days: z
      .int()
      .min(30)
      .max(3_653)
      .describe("Days for which an ended checkout without a payment is kept; by default 396 (13 months)."),
    payments_days: z
      .int()
      .min(366)
      .max(7_305)
      .describe(
        "Days for which an ended checkout with a payment is kept; by default 3,653 (10 years). Its reference stays taken as long.",
      ),
  })
  .describe("How long ended checkouts are kept.");

/** Strict: the body of `PATCH /v1/merchants/{merchant}`. */
export const changeMerchantRequestSchema = z
  .strictObject({
    allowed_origins: allowedOriginsSchema.optional(),
    retention: retentionSchema.partial().optional(),
  })
  .refine(({ allowed_origins, retention }) => allowed_origins !== undefined || retention !== undefined, {
    error: "must change something: send `allowed_origins` or `retention`",
  }) satisfies z.ZodType<ChangeMerchantRequest>;

/** Strict: the body of `PATCH /v1/merchant`. Deleting data earlier is left to the operator. */
export const changeOwnMerchantRequestSchema = z.strictObject({
  allowed_origins: allowedOriginsSchema,
}) satisfies z.ZodType<ChangeOwnMerchantRequest>;

/** Strict: the body of `POST /v1/merchants/{merchant}/replace_keys`. */
export const replaceKeysRequestSchema = z.strictObject({
  webhook_endpoints: z
    .literal("disable")
    .describe("Disables all webhook endpoints until the merchant enables its own again.")
    .optional(),
}) satisfies z.ZodType<ReplaceKeysRequest>;
