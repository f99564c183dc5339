import { auditLogPageSchema, auditLogQuerySchema } from "@qonto-pay/core/api.schema";
import { AUDIT_ENTRY } from "../openapi/examples.ts";
import { type Route, serverRoute } from "./route.ts";

export const auditLog: readonly Route[] = [
  serverRoute({
    method: "GET",
    path: "/v1/audit_log",
    query: auditLogQuerySchema,
    operation: "listAuditLog",
    docs: WITH_DOCS && {
      id: "listAuditLog",
      tag: "Console",
      summary: "List recorded calls",
      description:
        "The latest first: every successful change from the console and by the operator, sign-ins and sign-outs. Of the calls with a secret key, only those that need a fresh sign-in in the console, and those about sessions and sign-in links. An entry has no body and no secret. The last 2,000 entries are kept.",
      answer: {
        description: "A page of entries.",
        schema: auditLogPageSchema,
        example: { data: [AUDIT_ENTRY], has_more: false },
      },
    },
  }),
];
