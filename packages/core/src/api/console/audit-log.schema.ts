import * as z from "zod";
import { cursorPage, pageSchema } from "../values/cursor.schema.ts";
import { AUDIT_ACTIONS, type AuditEntry, type AuditLogPage, type AuditLogQuery } from "./audit-log.ts";

/** Strict: the query of `GET /v1/audit_log`, whose values are all text. */
export const auditLogQuerySchema = z.strictObject(cursorPage("aud")) satisfies z.ZodType<AuditLogQuery>;

const auditEntrySchema = z.object({
  id: z.string(),
  action: z.enum(AUDIT_ACTIONS),
  actor: z.object({
    type: z.enum(["session", "secret_key", "operator"]),
    id: z.string().nullable().describe("Id of the session or of the key."),
    name: z.string().nullable().describe("The name of the session's sign-in link."),
    key_ends_with: z
      .string()
      .nullable()
      .describe("The last 4 characters of the secret key, or of that of the session's sign-in."),
  }),
  target: z.string().nullable().describe("Id of what was changed."),
  created_at: z.iso.datetime(),
}) satisfies z.ZodType<AuditEntry>;

/** Response of `GET /v1/audit_log`. */
export const auditLogPageSchema = pageSchema(auditEntrySchema).describe(
  "The recorded calls, the latest first.",
) satisfies z.ZodType<AuditLogPage>;
