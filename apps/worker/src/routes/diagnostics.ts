import type { DiagnosticsReport } from "@qonto-pay/core/api";
import { diagnosticsQuerySchema, diagnosticsRepairSchema, diagnosticsReportSchema } from "@qonto-pay/core/api.schema";
import type { z } from "zod";
import { DIAGNOSTICS } from "../openapi/examples.ts";
import { type Route, serverRoute } from "./route.ts";

export const diagnostics: readonly Route[] = [
  serverRoute({
    method: "GET",
    path: "/v1/diagnostics",
    query: diagnosticsQuerySchema,
    operation: "runDiagnostics",
    docs: WITH_DOCS && {
      id: "runDiagnostics",
      tag: "Connection",
      summary: "Find out what prevents payments",
      description:
        "Reads from Qonto now, and checks the Worker's own records. Changes nothing: to repair problems, use `repair`. Each check has its remediation. Takes at most 9 seconds, even if Qonto does not respond.",
      answer: {
        description: "The report.",
        // The schema leaves open the measured values of each check.
        schema: diagnosticsReportSchema as unknown as z.ZodType<DiagnosticsReport>,
        example: DIAGNOSTICS,
      },
    },
  }),
  serverRoute({
    method: "POST",
    path: "/v1/diagnostics/repair",
    operation: "repair",
    status: 202,
    docs: WITH_DOCS && {
      id: "repairConnection",
      tag: "Connection",
      summary: "Repair what diagnostics report",
      description:
        "Schedules a read of the connection, with its payment methods if it is enabled, a repair of the webhook subscription, and a read of the links that are due. The Worker also does this automatically; this call does it now. Run the diagnostics again after a few seconds.",
      answer: {
        description: "The repair is scheduled.",
        schema: diagnosticsRepairSchema,
        example: { scheduled: ["connection", "payment_methods", "webhook_subscription", "late_reads"] },
      },
    },
  }),
];
