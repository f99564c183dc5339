import type { MerchantEvent, ServedPaymentLinkPage } from "@qonto-pay/core/api";
import { askAsServer } from "./requests.ts";

/**
 * What must never be so, whatever Qonto did: an open link that no checkout owns, a checkout whose status is not what its
 * link says, a consent that is lost. Merchants share the links at Qonto; each knows its own checkouts.
 */
export async function problemsOf(merchants: readonly string[]): Promise<readonly string[]> {
  const pages = await Promise.all(
    merchants.map((merchant) => askAsServer<ServedPaymentLinkPage>(merchant, "payment_links?per_page=100")),
  );
  const links = pages.flatMap((page) => page.payment_links);
  const owned = links.flatMap((link) => (link.checkout === undefined ? [] : [link.id]));
  const events = await Promise.all(
    merchants.map((merchant) => askAsServer<{ events: readonly MerchantEvent[] }>(merchant, "events")),
  );
  return [
    ...links.filter((link) => link.status === "open" && !owned.includes(link.id)).map(() => "an open link is nobody's"),
    ...links
      .filter((link) => link.checkout !== undefined && link.checkout.status !== link.status)
      .map((link) => `a checkout is ${link.checkout?.status}, its link ${link.status}`),
    ...events
      .flatMap((page) => page.events.filter((event) => event.type === "consent.needs_reconnect"))
      .map(() => "the consent is lost"),
  ];
}
