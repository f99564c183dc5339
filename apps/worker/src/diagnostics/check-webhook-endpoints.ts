import type { MerchantContext } from "../context/merchant-context.ts";
import { type Finding, ok, warning } from "./check.ts";

/** Whether the merchant's shops are told of events. */
export function checkWebhookEndpoints(merchant: MerchantContext): Finding<"webhook_endpoints"> {
  const endpoints = merchant.webhookEndpoints.list().map(({ id, url, isEnabled, disabledReason }) => ({
    id,
    url,
    enabled: isEnabled,
    disabled_reason: disabledReason,
    pending: merchant.deliveries.count(id, "pending"),
    dead: merchant.deliveries.count(id, "dead"),
  }));
  const measured = { endpoints };
  if (endpoints.some(({ enabled }) => !enabled)) {
    return warning(
      "A webhook endpoint is disabled: its shop is told of nothing.",
      "Once it answers 2xx again (`gone`: it answered 410), send PATCH /v1/webhook_endpoints/{id} with enabled true: what waits is sent at once. Delete it where it is not needed any more.",
      measured,
    );
  }
  if (endpoints.some(({ dead }) => dead > 0)) {
    return warning(
      "Events could not be delivered for 3 days and were given up.",
      "Look at last_status and last_problem in GET /v1/webhook_endpoints/{id}/deliveries?status=dead, mend the shop, then send POST /v1/webhook_endpoints/{id}/replay with the time since which it was down.",
      measured,
    );
  }
  if (endpoints.length === 0)
    return ok("There is no webhook endpoint: the shop has to read events by itself.", measured);
  return ok("No webhook endpoint is disabled, and no event was given up.", measured);
}
