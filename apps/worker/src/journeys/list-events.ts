import type { EventPage, EventsQuery } from "@qonto-pay/core/api";
import { Failure } from "../failure/failure.ts";
import type { Merchant } from "../merchant/merchant.ts";

const FORGOTTEN =
  "There is no event with this id any more: read without after, from the beginning. What you know comes again.";

/** What happened since an event, oldest first. @throws Failure `invalid_request` for an event that is not known. */
export function listEvents(merchant: Merchant, { after, limit = 100 }: EventsQuery): EventPage {
  const found = merchant.events.list(after, limit + 1);
  if (found === null) {
    throw new Failure("invalid_request", { param: "after", message: FORGOTTEN });
  }
  return { events: found.slice(0, limit), has_more: found.length > limit };
}
