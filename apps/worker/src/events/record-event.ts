import type { MerchantEventData, MerchantEventType } from "@qonto-pay/core/api";
import { randomId } from "../crypto/random-id.ts";
import type { MerchantContext } from "../context/merchant-context.ts";

/**
 * Records an event, and its deliveries to the endpoints that receive its type. Call synchronously with the write it
 * describes, so that the state change and its event commit together (transactional outbox).
 */
export function recordEvent<Type extends MerchantEventType>(
  merchant: MerchantContext,
  type: Type,
  data: MerchantEventData<Type>,
): void {
  const now = Date.now();
  const number = merchant.events.add(randomId("evt"), type, data, now);
  const takers = merchant.webhookEndpoints
    .list()
    .filter(({ isEnabled, eventTypes }) => isEnabled && (eventTypes === null || eventTypes.includes(type)));
  for (const { id } of takers) merchant.deliveries.add(id, number, now);
  if (takers.length > 0) merchant.dispatchSoon();
}
