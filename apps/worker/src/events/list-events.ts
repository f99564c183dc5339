import type { EventPage, EventsQuery } from "@qonto-pay/core/api";
import type { MerchantContext } from "../context/merchant-context.ts";
import { pageOf, unknownAfter } from "../context/list-page.ts";

const FORGOTTEN =
  "This event has expired. Events are kept for 90 days. List again without after, and skip the ids that you have already processed.";

/** Lists the events after an event, oldest first. @throws ApiError `invalid_request` for an unknown event. */
export function listEvents(merchant: MerchantContext, { after, limit = 100 }: EventsQuery): EventPage {
  const found = merchant.events.list(after, limit + 1);
  if (found === null) throw unknownAfter(FORGOTTEN);
  return pageOf(found, limit);
}
