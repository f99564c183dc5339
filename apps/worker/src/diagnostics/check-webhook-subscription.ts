import { CONSENT_REVOCATIONS_EVENT, WEBHOOK_EVENT_TYPES, type WebhookSubscription } from "@qonto-pay/core/qonto";
import type { MerchantContext } from "../context/merchant-context.ts";
import { callbackUrlOf, findOurs, missingTypes } from "../connection/ensure-webhook-subscription.ts";
import { failing, type Finding, ok, warning } from "./check.ts";

const REMEDIATION =
  "Send POST /v1/diagnostics/repair, and check again in a minute. If the problem remains, make sure that expected_url is the https address under which Qonto reaches this deployment (WORKER_URL).";

/** Whether Qonto sends this merchant's events here. @throws QontoError */
export async function checkWebhookSubscription(merchant: MerchantContext): Promise<Finding<"webhook_subscription">> {
  const ours = await findOurs(merchant);
  const here = callbackUrlOf(merchant);
  const measured = {
    expected_url: here,
    found: ours.map(({ callback_url: url, types }) => ({ url, types })),
  };
  const sentHere = ours.filter(({ callback_url }) => callback_url === here);
  const missing = missingTypes(sentHere);
  const isDoubled = sentHere.length < ours.length || WEBHOOK_EVENT_TYPES.some((type) => countOf(sentHere, type) > 1);
  if (missing.length === 0 && !isDoubled) return ok("Qonto sends every type of event to this Worker.", measured);
  if (ours.length === 0) return failing("Qonto has no subscription of ours.", REMEDIATION, measured);
  if (missing.some((type) => type !== CONSENT_REVOCATIONS_EVENT)) {
    return failing(`Qonto does not send ${missing.join(", ")} to this Worker.`, REMEDIATION, measured);
  }
  if (missing.length > 0) {
    return warning(
      `Qonto does not send ${CONSENT_REVOCATIONS_EVENT}: the Worker notices a revoked consent only with its next call.`,
      REMEDIATION,
      measured,
    );
  }
  return warning(
    "Qonto sends each event more than once, until the Worker has verified a webhook with the newest secret.",
    "Create a checkout: Qonto sends an event for it, and the Worker then deletes the previous subscription.",
    measured,
  );
}

function countOf(subscriptions: readonly WebhookSubscription[], type: string): number {
  return subscriptions.filter(({ types }) => types.includes(type)).length;
}
