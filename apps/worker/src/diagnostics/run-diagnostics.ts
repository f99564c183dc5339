import type { DiagnosticsReport } from "@qonto-pay/core/api";
import type { MerchantContext } from "../context/merchant-context.ts";
import { checkAccessToken, checkClockSkew, checkKeyEnvironment, checkLastErrors } from "./check-qonto-api.ts";
import { checkConnection, checkPaymentMethods } from "./check-connection.ts";
import { checkAuthorization, checkOAuthClient } from "./check-authorization.ts";
import { checkFlood } from "./check-flood.ts";
import { checkLateReads, checkLostLinks, checkRounding } from "./check-payments.ts";
import { checkPaymentsToReview } from "./check-payments-to-review.ts";
import { checkWebhookEndpoints, checkWebhookRoundTrip, checkWebhookSubscription } from "./check-webhooks.ts";
import { checkStorage } from "./check-storage.ts";
import { runCheck } from "./run-check.ts";

/**
 * Runs all checks of a merchant. Calls Qonto where stored state is not enough. A check that can't be made is failing.
 */
export async function runDiagnostics(merchant: MerchantContext, _nothing: object): Promise<DiagnosticsReport> {
  const startedAt = Date.now();
  // Before the live calls, whose own errors are reported by their checks.
  const lastErrors = await runCheck(merchant, "last_errors", checkLastErrors);
  const live = await Promise.all([
    // First, since it is timed. The others may have to wait for it.
    runCheck(merchant, "access_token", checkAccessToken),
    runCheck(merchant, "connection", checkConnection),
    runCheck(merchant, "payment_methods", checkPaymentMethods),
    runCheck(merchant, "webhook_subscription", checkWebhookSubscription),
  ]);
  // After the live calls, which notice a revoked consent and read Qonto's clock.
  const checks = [
    await runCheck(merchant, "key_environment", checkKeyEnvironment),
    await runCheck(merchant, "consent", checkAuthorization),
    await runCheck(merchant, "oauth_client", checkOAuthClient),
    ...live,
    await runCheck(merchant, "webhook_round_trip", checkWebhookRoundTrip),
    await runCheck(merchant, "clock_skew", () => checkClockSkew(merchant, startedAt)),
    await runCheck(merchant, "rounding", checkRounding),
    await runCheck(merchant, "late_reads", checkLateReads),
    await runCheck(merchant, "lost_links", checkLostLinks),
    await runCheck(merchant, "payments_to_review", checkPaymentsToReview),
    await runCheck(merchant, "webhook_endpoints", checkWebhookEndpoints),
    await runCheck(merchant, "flood", checkFlood),
    await runCheck(merchant, "storage", checkStorage),
    lastErrors,
  ];
  return { healthy: checks.every(({ status }) => status !== "failing"), checks };
}
