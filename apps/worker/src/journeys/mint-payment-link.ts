import { type BuiltBasket, isSameAmount, type RoundingPolicy } from "@qonto-pay/core/money";
import {
  type BasketItem,
  type CreateBasketPaymentLink,
  PAYMENT_METHODS,
  type PaymentLink,
} from "@qonto-pay/core/qonto";
import { Failure } from "../failure/failure.ts";
import { learn, NOTHING_KNOWN, policyToTry } from "../pricing/rounding-knowledge.ts";
import { QontoFault } from "../qonto/qonto-fault.ts";
import { digestOf } from "../security/digest.ts";
import type { Checkout } from "../storage/checkouts.ts";
import { failureOfFault } from "./failure-of-fault.ts";
import { isPayUrlAllowed } from "./is-pay-url-allowed.ts";
import type { Merchant } from "./merchant.ts";

/** Longer than a create call can take, token refresh and second try included. */
const MINT_OVER_AFTER_MS = 60_000;

/** Writes the lines of a checkout for one way of rounding, or for all of them at once. */
export type BasketWriter = (policy: RoundingPolicy | undefined) => BuiltBasket;

/**
 * Mints the payment link of a checkout and records it: with the most natural lines for the way Qonto is thought to
 * round and, should its amount differ from the one shown, once more with lines that come out whatever way it rounds.
 *
 * @returns the checkout with its link.
 * @throws Failure `amount_mismatch`, `pay_url_not_allowed`, `merchant_not_connected`, `qonto_rate_limited`,
 *   `qonto_refused`, `qonto_unavailable`.
 */
export async function mintPaymentLink(merchant: Merchant, checkoutId: string, write: BasketWriter): Promise<Checkout> {
  const likely = write(policyToTry(merchant.settings.read("rounding_policies") ?? NOTHING_KNOWN));
  const minted = await mintOnce(merchant, checkoutId, likely);
  if (minted !== null) return minted;
  const safe = write(undefined);
  const mintedSafely = isSameBasket(safe, likely) ? null : await mintOnce(merchant, checkoutId, safe);
  if (mintedSafely !== null) return mintedSafely;
  throw new Failure("amount_mismatch", { reason: "Qonto's amount is explained by no rounding we know" });
}

/**
 * One create call and the amount guard.
 *
 * Before Qonto is asked, the link is noted as unwanted from a minute on; recording it takes that note back. So whatever
 * dies in between, a link that nobody was sent to is found and deactivated.
 *
 * @returns null when Qonto would charge another amount than the one shown; that link is then deactivated.
 */
async function mintOnce(merchant: Merchant, checkoutId: string, basket: BuiltBasket): Promise<Checkout | null> {
  const noticeAt = Date.now() + MINT_OVER_AFTER_MS;
  const noteId = merchant.unwantedLinks.add(checkoutId, null, noticeAt);
  await merchant.wakeBy(noticeAt);

  const link = await requestLink(merchant, checkoutId, basket.items, noteId);
  if (!isPayUrlAllowed(link.url, merchant.config)) {
    await discard(merchant, noteId, link);
    throw new Failure("pay_url_not_allowed");
  }
  learnRounding(merchant, basket.items, link);
  if (!isSameAmount(link.amount, basket.shown)) {
    await discard(merchant, noteId, link);
    return null;
  }

  const now = Date.now();
  const { id, url, expiration_date: expiresAt } = link;
  merchant.checkouts.recordLink(checkoutId, { id, url, expiresAt, items: basket.items }, now);
  merchant.unwantedLinks.remove(noteId);
  if (merchant.inbox.wakeEventsOf(link.id, now)) await merchant.wakeBy(now);
  return merchant.checkouts.find(checkoutId);
}

async function requestLink(
  merchant: Merchant,
  checkoutId: string,
  items: readonly BasketItem[],
  noteId: number,
): Promise<PaymentLink> {
  const body: CreateBasketPaymentLink = {
    payment_link: {
      potential_payment_methods: enabledMethods(merchant),
      reusable: false,
      items: withCheckoutId(items, checkoutId),
    },
  };
  try {
    // The lines name the checkout, so the same key means the same checkout and the same lines.
    return await merchant.qonto.createPaymentLink(body, await digestOf(JSON.stringify(body)));
  } catch (fault) {
    if (!(fault instanceof QontoFault)) throw fault;
    if (fault.mayHaveHappened) {
      merchant.unwantedLinks.hasten(noteId, Date.now());
      await merchant.wakeBy(Date.now());
    } else {
      merchant.unwantedLinks.remove(noteId);
    }
    throw failureOfFault(fault);
  }
}

async function discard(merchant: Merchant, noteId: number, link: PaymentLink): Promise<void> {
  merchant.unwantedLinks.identify(noteId, link.id, Date.now());
  await merchant.wakeBy(Date.now());
}

function learnRounding(merchant: Merchant, items: readonly BasketItem[], link: PaymentLink): void {
  const known = merchant.settings.read("rounding_policies") ?? NOTHING_KNOWN;
  const learned = learn(known, items, link.amount);
  if (learned.length !== known.length) merchant.settings.write("rounding_policies", learned);
}

/** Qonto's link carries no reference of ours, so the first line names the checkout: by that a lost link is found. */
function withCheckoutId(items: readonly BasketItem[], checkoutId: string): readonly BasketItem[] {
  return items.map((item, index) =>
    index === 0 ? { ...item, description: [item.description, `Ref. ${checkoutId}`].filter(Boolean).join(" · ") } : item,
  );
}

function enabledMethods(merchant: Merchant) {
  const enabled = merchant.settings.read("payment_methods") ?? [];
  return PAYMENT_METHODS.filter((method) => enabled.includes(method));
}

function isSameBasket(a: BuiltBasket, b: BuiltBasket): boolean {
  return JSON.stringify(a.items) === JSON.stringify(b.items);
}
