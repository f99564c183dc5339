import type { DoctorReport } from "@qonto-pay/core/api";
import type { Merchant } from "../context/merchant-context.ts";
import { checkAccessToken } from "./check-access-token.ts";
import { checkClockSkew } from "./check-clock-skew.ts";
import { checkConnection } from "./check-connection.ts";
import { checkConsent } from "./check-authorization.ts";
import { checkKeyEnvironment } from "./check-key-environment.ts";
import { checkLastErrors } from "./check-last-errors.ts";
import { checkLateReads } from "./check-late-reads.ts";
import { checkLostLinks } from "./check-lost-links.ts";
import { checkOAuthClient } from "./check-oauth-client.ts";
import { checkPaymentMethods } from "./check-payment-methods.ts";
import { checkPaymentsToReview } from "./check-payments-to-review.ts";
import { checkRounding } from "./check-rounding.ts";
import { checkWebhookEndpoints } from "./check-webhook-endpoints.ts";
import { checkWebhookRoundTrip } from "./check-webhook-round-trip.ts";
import { checkWebhookSubscription } from "./check-webhook-subscription.ts";
import { makeCheck } from "./run-check.ts";

/** Looks at everything that payments hang on, live where only Qonto can tell. A check that can't be made is failing. */
export async function examineMerchant(merchant: Merchant, _nothing: object): Promise<DoctorReport> {
  const startedAt = Date.now();
  // Before the live calls, whose own faults are told by their checks.
  const lastErrors = await makeCheck(merchant, "last_errors", checkLastErrors);
  const live = await Promise.all([
    // First, since it is timed: the others may have to wait for it.
    makeCheck(merchant, "access_token", checkAccessToken),
    makeCheck(merchant, "connection", checkConnection),
    makeCheck(merchant, "payment_methods", checkPaymentMethods),
    makeCheck(merchant, "webhook_subscription", checkWebhookSubscription),
  ]);
  // After them, since they notice a consent that is gone, and read Qonto's clock.
  const checks = [
    await makeCheck(merchant, "key_environment", checkKeyEnvironment),
    await makeCheck(merchant, "consent", checkConsent),
    await makeCheck(merchant, "oauth_client", checkOAuthClient),
    ...live,
    await makeCheck(merchant, "webhook_round_trip", checkWebhookRoundTrip),
    await makeCheck(merchant, "clock_skew", () => checkClockSkew(merchant, startedAt)),
    await makeCheck(merchant, "rounding", checkRounding),
    await makeCheck(merchant, "late_reads", checkLateReads),
    await makeCheck(merchant, "lost_links", checkLostLinks),
    await makeCheck(merchant, "payments_to_review", checkPaymentsToReview),
    await makeCheck(merchant, "webhook_endpoints", checkWebhookEndpoints),
    lastErrors,
  ];
  return { healthy: checks.every(({ status }) => status !== "failing"), checks };
}
