import { CONSENT_REVOCATIONS_EVENT, WEBHOOK_EVENT_TYPES, type WebhookSubscription } from "@qonto-pay/core/qonto";
import type { Merchant } from "../../merchant/merchant.ts";
import { callbackUrlOf, findOurs, missingTypes, subscriptionIsDue } from "../keep-subscription.ts";
import { failing, type Finding, ok, warning } from "./check.ts";

const WHAT_TO_DO =
  "It is being repaired now: ask again in a minute. If it stays so, see that expected_url is the https address under which Qonto reaches this deployment (WORKER_URL).";

/** Whether Qonto sends this merchant's events here; has it repaired where it doesn't. @throws QontoFault */
export async function checkWebhookSubscription(merchant: Merchant): Promise<Finding<"webhook_subscription">> {
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
  subscriptionIsDue(merchant);
  await merchant.wakeBy(Date.now());
  if (ours.length === 0) return failing("Qonto has no subscription of ours.", WHAT_TO_DO, measured);
  if (missing.some((type) => type !== CONSENT_REVOCATIONS_EVENT)) {
    return failing(`Qonto does not send ${missing.join(", ")} to this Worker.`, WHAT_TO_DO, measured);
  }
  if (missing.length > 0) {
    return warning(
      `Qonto does not send ${CONSENT_REVOCATIONS_EVENT}: a consent that is taken back is noticed with the next call.`,
      WHAT_TO_DO,
      measured,
    );
  }
  return warning(
    "Qonto sends each event more than once, until a webhook was verified with the newest secret.",
    "Make a checkout: Qonto sends an event for it, and the subscription before is deleted then.",
    measured,
  );
}

function countOf(subscriptions: readonly WebhookSubscription[], type: string): number {
  return subscriptions.filter(({ types }) => types.includes(type)).length;
}
