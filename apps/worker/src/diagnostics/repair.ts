import type { DiagnosticsRepair } from "@qonto-pay/core/api";
import { connectionIsDue, forgetMethodsByAmount } from "../connection/refresh-connection.ts";
import { subscriptionIsDue } from "../connection/ensure-webhook-subscription.ts";
import type { MerchantContext } from "../context/merchant-context.ts";

/**
 * Has the alarm run now. It reads the connection again, with its payment methods if it is enabled, repairs the webhook
 * subscription, and reads the links that are due. Where Qonto rejects the deployment or the merchant's tokens, it also asks
 * Qonto again, once a minute at most. Nothing waits for Qonto here, so a repair also works while Qonto is slow.
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
