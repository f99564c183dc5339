import type { Merchant } from "../../merchant/merchant.ts";
import { callbackUrlOf, findOurs, isSentHere, subscriptionIsDue } from "../keep-subscription.ts";
import { failing, type Finding, ok, warning } from "./check.ts";

/** Whether Qonto sends this merchant's events here; has it repaired where it doesn't. @throws QontoFault */
export async function checkWebhookSubscription(merchant: Merchant): Promise<Finding<"webhook_subscription">> {
  const ours = await findOurs(merchant);
  const measured = {
    expected_url: callbackUrlOf(merchant),
    found: ours.map(({ callback_url: url, types }) => ({ url, types })),
  };
  const isGood = ours.some((subscription) => isSentHere(merchant, subscription));
  if (isGood && ours.length === 1) return ok("Qonto sends both types of event to this Worker.", measured);
  subscriptionIsDue(merchant);
  await merchant.wakeBy(Date.now());
  const whatToDo =
    "It is being repaired now: ask again in a minute. If it stays so, see that expected_url is the https address under which Qonto reaches this deployment (WORKER_URL).";
  if (isGood) return warning("Qonto sends each event more than once.", whatToDo, measured);
  const message =
    ours.length === 0 ? "Qonto has no subscription of ours." : "Qonto's subscription is not as it has to be.";
  return failing(message, whatToDo, measured);
}
