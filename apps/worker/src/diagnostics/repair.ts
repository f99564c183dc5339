import type { DiagnosticsRepair } from "@qonto-pay/core/api";
import { connectionIsDue, forgetMethodsByAmount } from "../connection/refresh-connection.ts";
import { subscriptionIsDue } from "../connection/ensure-webhook-subscription.ts";
import type { MerchantContext } from "../context/merchant-context.ts";

/**
 * Schedules the alarm now. The alarm reads the connection again, with its payment methods if it is enabled, repairs the
 * webhook subscription, and reads the links that are due. If Qonto rejects the deployment or the merchant's tokens, the
 * alarm also tries again, at most once a minute. The repair itself sends no request, so it also works while Qonto is
 * slow.
 */
export function repair(merchant: MerchantContext, _nothing: null): DiagnosticsRepair {
  const isOutage = merchant.outages.retrySoon();
  const isRejected = merchant.accessToken.retrySoon();
  subscriptionIsDue(merchant);
  forgetMethodsByAmount(merchant);
  connectionIsDue(merchant);
  return {
    scheduled: [
      ...(isRejected ? (["consent"] as const) : []),
      ...(isOutage ? (["oauth_client"] as const) : []),
      "connection",
      "payment_methods",
      "webhook_subscription",
      "late_reads",
    ],
  };
}
