import { runDurableObjectAlarm } from "cloudflare:test";
import type { MerchantEvent, ServedPaymentLinkPage } from "@qonto-pay/core/api";
import { merchantObject } from "../support/object/merchant-object.ts";
import { askAsServer } from "./requests.ts";

/** The longest wait for an alarm that the runtime started at the same time. */
const ALARM_MS = 15_000;

/** Returns all violations of the invariants after the alarms have run. */
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
 * Returns violations of what must hold regardless of Qonto's behaviour: each open link belongs to a checkout, each
 * checkout has the status of its link, and no consent is lost. Merchants share the links at Qonto; each knows its own
 * checkouts.
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
    ...links
      .filter((link) => link.status === "open" && !owned.includes(link.id))
      .map(() => "an open link belongs to no checkout"),
    ...links
      .filter((link) => link.checkout !== undefined && link.checkout.status !== link.status)
      .map((link) => `a checkout is ${link.checkout?.status}, its link ${link.status}`),
    ...events.flatMap((page) => page.data.filter(isConsentLost)).map(() => "the consent is lost"),
  ];
}

/** Whether an event reports a lost consent. If Qonto only rejects tokens, the Worker tries again. */
function isConsentLost(event: MerchantEvent): boolean {
  return event.type === "authorization.action_required" && event.data.consent.reason !== "rejected";
}
