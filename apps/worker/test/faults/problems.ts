import { runDurableObjectAlarm } from "cloudflare:test";
import type { MerchantEvent, ServedPaymentLinkPage } from "@qonto-pay/core/api";
import { merchantObject } from "../support/merchant-object.ts";
import { askAsServer } from "./requests.ts";

/** An alarm that rings by itself at the same time is waited for. */
const ALARM_MS = 15_000;

/** What is not as it has to be once the alarms have rung. */
export async function problemsAfterAlarm(merchants: readonly string[]): Promise<readonly string[]> {
  const startedAt = performance.now();
  for (;;) {
    await ringAlarms(merchants);
    const problems = await problemsOf(merchants);
    if (problems.length === 0 || performance.now() - startedAt > ALARM_MS) return problems;
  }
}

export async function ringAlarms(merchants: readonly string[]): Promise<void> {
  for (const merchant of merchants) await runDurableObjectAlarm(merchantObject(merchant));
}

/**
 * What must never be so, whatever Qonto did: an open link that no checkout owns, a checkout whose status is not what its
 * link says, a consent that is lost. Merchants share the links at Qonto; each knows its own checkouts.
 */
async function problemsOf(merchants: readonly string[]): Promise<readonly string[]> {
  const pages = await Promise.all(
    merchants.map((merchant) => askAsServer<ServedPaymentLinkPage>(merchant, "payment_links?per_page=100")),
  );
  const links = pages.flatMap((page) => page.payment_links);
  const owned = links.flatMap((link) => (link.checkout === undefined ? [] : [link.id]));
  const events = await Promise.all(
    merchants.map((merchant) => askAsServer<{ data: readonly MerchantEvent[] }>(merchant, "events")),
  );
  return [
    ...links.filter((link) => link.status === "open" && !owned.includes(link.id)).map(() => "an open link is nobody's"),
    ...links
      .filter((link) => link.checkout !== undefined && link.checkout.status !== link.status)
      .map((link) => `a checkout is ${link.checkout?.status}, its link ${link.status}`),
    ...events.flatMap((page) => page.data.filter(isConsentLost)).map(() => "the consent is lost"),
  ];
}

/** A consent under which Qonto rejects tokens is not lost: the Worker tries again. */
function isConsentLost(event: MerchantEvent): boolean {
  return event.type === "authorization.action_required" && event.data.consent.reason !== "rejected";
}
