import * as z from "zod";
import type {
  DeploymentCheckName,
  DeploymentReport,
  DiagnosticsCheckName,
  DiagnosticsRepair,
  DiagnosticsStatus,
} from "./diagnostics.ts";

const NAMES = [
  "key_environment",
  "consent",
  "oauth_client",
  "access_token",
  "connection",
  "payment_methods",
  "webhook_subscription",
  "webhook_round_trip",
  "clock_skew",
  "rounding",
  "late_reads",
  "lost_links",
  "payments_to_review",
  "webhook_endpoints",
  "flood",
  "storage",
  "last_errors",
] as const satisfies readonly DiagnosticsCheckName[];

const STATUSES = ["ok", "warning", "failing"] as const satisfies readonly DiagnosticsStatus[];

/** Response of `GET /v1/diagnostics`. The measurements of each check are in `DiagnosticsMeasurements`. */
export const diagnosticsReportSchema = z
  .object({
    healthy: z.boolean().describe("No check is failing."),
    checks: z.array(
      z.object({
        name: z.enum(NAMES),
        status: z.enum(STATUSES),
        message: z.string(),
        remediation: z.string().nullable().describe("Null if no action is required."),
        measured: z
          .record(z.string(), z.unknown())
          .optional()
          .describe("Differs by check. Absent if the check could not run."),
      }),
    ),
  })
  .describe("All checks, always in the same order.");

/** Response of `POST /v1/diagnostics/repair`. */
export const diagnosticsRepairSchema = z
  .object({
    scheduled: z.array(
      z.enum(["consent", "oauth_client", "connection", "payment_methods", "webhook_subscription", "late_reads"]),
    ),
  })
  .describe(
    "The checks whose subject the Worker reads again from Qonto, and repairs, within seconds. It reads payment methods only if the connection is enabled. `consent` and `oauth_client` are listed only if Qonto rejects the merchant's tokens or the deployment: the Worker then calls Qonto again, no earlier than a minute after the last try.",
  ) satisfies z.ZodType<DiagnosticsRepair>;

const DEPLOYMENT_CHECKS = ["oauth", "callback_address", "api"] as const satisfies readonly DeploymentCheckName[];

/** Response of `GET /v1/deployment/diagnostics`. */
export const deploymentReportSchema = z
  .object({
    healthy: z.boolean().describe("No check is failing."),
    checks: z.array(
      z.object({
        name: z.enum(DEPLOYMENT_CHECKS),
        status: z.enum(STATUSES),
        message: z.string(),
        remediation: z.string().nullable().describe("Null if no action is required."),
      }),
    ),
  })
  .describe(
    "The settings and services that all merchants of a deployment depend on.",
  ) satisfies z.ZodType<DeploymentReport>;
