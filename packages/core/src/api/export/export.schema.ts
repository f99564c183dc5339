import * as z from "zod";
import { retentionSchema } from "../merchant/merchant.schema.ts";
import {
  type EraseRequest,
  EXPORT_TYPES,
  type ExportQuery,
  type ExportRecord,
  type ExportSettings,
  type RestoreRequest,
} from "./export.ts";

/** The query of `GET /v1/export`. */
export const exportQuerySchema = z.strictObject({
  after: z
    .string()
    .regex(/^[a-z_]{3,20}:[ -~]{0,255}$/, "must be the cursor of a line of an export")
    .describe("The `cursor` of the last line that was received completely.")
    .optional(),
}) satisfies z.ZodType<ExportQuery>;

/** One line of `GET /v1/export`. */
export const exportRecordSchema = z
  .strictObject({
    cursor: z.string().max(300).describe("The `after` with which an export continues after this line."),
    type: z.enum(EXPORT_TYPES).describe("`end`: the export is complete."),
    data: z.record(z.string().max(40), z.unknown()).describe("The stored fields. Times are milliseconds."),
  })
  .describe("One line of an export.") satisfies z.ZodType<ExportRecord>;

/** The data of the first line. Later versions may add fields. */
export const exportSettingsSchema = z.object({
  merchant: z.string(),
  environment: z.enum(["sandbox", "live"]),
  exported_at: z.int(),
  organization: z.object({ id: z.string(), name: z.string() }).nullable(),
  allowed_origins: z.array(z.string()),
  retention: retentionSchema,
}) satisfies z.ZodType<ExportSettings>;

/** Strict: the body of `POST /v1/merchants/{merchant}/restore`. */
export const restoreRequestSchema = z.strictObject({
  records: z
    .array(exportRecordSchema)
    .min(1)
    .max(200)
    .describe("The first line of the export, in each call, and up to 199 others."),
}) satisfies z.ZodType<RestoreRequest>;

/** Strict: the body of `POST /v1/erase`. */
export const eraseRequestSchema = z
  .strictObject({
    reference: z.string().min(1).max(64).describe("The `reference` of the person's orders.").optional(),
    payer: z
      .string()
      .min(3)
      .max(500)
      .describe("The payer's email address, an invoice's debtor, a value of metadata or a reference, as a whole.")
      .optional(),
  })
  .refine(({ reference, payer }) => (reference === undefined) !== (payer === undefined), {
    error: "must have either `reference` or `payer`",
  }) satisfies z.ZodType<EraseRequest>;
