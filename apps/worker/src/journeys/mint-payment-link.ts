import { type BuiltBasket, isSameAmount } from "@qonto-pay/core/money";
import {
  type BasketItem,
  type CreateBasketPaymentLink,
  PAYMENT_METHODS,
  type PaymentLink,
} from "@qonto-pay/core/qonto";
import { Failure } from "../failure/failure.ts";
import { failureOfFault } from "../failure/failure-of-fault.ts";
import type { Merchant } from "../merchant/merchant.ts";
import type { BasketWriter } from "../pricing/price-lines.ts";
import { learn, NOTHING_KNOWN, policiesToMeet } from "../pricing/rounding-knowledge.ts";
import { QontoFault } from "../qonto/qonto-fault.ts";
import { isPayUrlAllowed } from "../security/is-pay-url-allowed.ts";

/** Longer than a create call can take, a token refresh before it included. */
const MINT_OVER_AFTER_MS = 60_000;

/** Without a webhook, the link is looked at for the first time after this. */
const FIRST_READ_AFTER_MS = 60_000;

/** Any page can be made to send a reference, so no sentence gets onto the merchant's pay page: no spaces, and not long. */
const ORDER_NUMBER = /^[A-Za-z0-9][A-Za-z0-9._/#-]{0,31}$/;

/** A checkout that is being minted. */
interface Mint {
  readonly checkoutId: string;
  readonly reference: string | null;
  /** Comes to what the shopper was shown whatever way Qonto rounds. */
  readonly safe: BuiltBasket;
  /** Writes more natural lines for the same. */
  readonly write: BasketWriter;
}

/**
 * Mints the payment link of a checkout and records it: with the most natural lines for the way Qonto is thought to
 * round and, should its amount differ from the one shown, once more with lines that come out whatever way it rounds.
 *
 * @throws Failure `amount_mismatch`, `pay_url_not_allowed`, `merchant_not_connected`, `qonto_rate_limited`,
 *   `qonto_refused`, `qonto_unavailable`.
 */
export async function mintPaymentLink(merchant: Merchant, mint: Mint): Promise<void> {
  const { safe, write } = mint;
  const likely = write(policiesToMeet(merchant.settings.read("rounding") ?? NOTHING_KNOWN)).items;
  if (await mintOnce(merchant, mint, likely)) return;
  const isWorthAnotherTry = JSON.stringify(safe.items) !== JSON.stringify(likely);
  if (isWorthAnotherTry && (await mintOnce(merchant, mint, safe.items))) return;
  throw new Failure("amount_mismatch", { reason: "Qonto's amount is explained by no rounding we know" });
}

/**
 * One create call and the amount guard.
 *
 * Before Qonto is asked, the coming link is noted as unclaimed; recording it takes that note back. So whatever dies in
 * between, a link that nobody was sent to is found and deactivated.
 *
 * @returns false when Qonto would charge another amount than the one shown; that link is then deactivated.
 */
async function mintOnce(merchant: Merchant, mint: Mint, items: readonly BasketItem[]): Promise<boolean> {
  const noticeAt = Date.now() + MINT_OVER_AFTER_MS;
  const noteId = merchant.unclaimedLinks.add(mint.checkoutId, null, noticeAt);
  await merchant.wakeBy(noticeAt);

  const link = await requestLink(merchant, mint, items, noteId);
  if (!isPayUrlAllowed(link.url, merchant.config.payHosts)) {
    await discard(merchant, noteId, link);
    throw new Failure("pay_url_not_allowed");
  }
  learnRounding(merchant, items, link);
  if (!isSameAmount(link.amount, mint.safe.shown)) {
    await discard(merchant, noteId, link);
    return false;
  }
  await recordLink(merchant, mint.checkoutId, link, noteId);
  return true;
}

async function requestLink(
  merchant: Merchant,
  mint: Mint,
  items: readonly BasketItem[],
  noteId: number,
): Promise<PaymentLink> {
  const body: CreateBasketPaymentLink = {
    payment_link: {
      potential_payment_methods: enabledMethods(merchant),
      reusable: false,
      items: withReferences(items, mint),
    },
  };
  try {
    return await merchant.qonto.createPaymentLink(body);
  } catch (fault) {
    if (!(fault instanceof QontoFault)) throw fault;
    if (fault.mayHaveHappened) {
      merchant.unclaimedLinks.postpone(noteId, Date.now());
      await merchant.wakeBy(Date.now());
    } else {
      merchant.unclaimedLinks.remove(noteId);
    }
    throw failureOfFault(fault);
  }
}

async function recordLink(merchant: Merchant, checkoutId: string, link: PaymentLink, noteId: number): Promise<void> {
  const { id, url, expiration_date: expiresAt } = link;
  merchant.checkouts.recordLink(checkoutId, { id, url, expiresAt });
  merchant.unclaimedLinks.remove(noteId);
  const now = Date.now();
  const wasHeardOf = merchant.inbox.hasEventOf(id);
  if (wasHeardOf) merchant.checkouts.hear(checkoutId, now);
  else merchant.checkouts.readLinkAt(checkoutId, now + FIRST_READ_AFTER_MS);
  await merchant.wakeBy(wasHeardOf ? now : now + FIRST_READ_AFTER_MS);
}

async function discard(merchant: Merchant, noteId: number, link: PaymentLink): Promise<void> {
  merchant.unclaimedLinks.identify(noteId, link.id, Date.now());
  await merchant.wakeBy(Date.now());
}

function learnRounding(merchant: Merchant, items: readonly BasketItem[], link: PaymentLink): void {
  const known = merchant.settings.read("rounding") ?? NOTHING_KNOWN;
  const learned = learn(known, items, link.amount);
  if (JSON.stringify(learned) !== JSON.stringify(known)) merchant.settings.write("rounding", learned);
}

/**
 * Qonto's link carries no reference of ours, so the first line names the checkout: by that a lost link is found. It names
 * the shop's order too, by which shopper and merchant tell what was paid.
 */
function withReferences(items: readonly BasketItem[], { checkoutId, reference }: Mint): readonly BasketItem[] {
  const order = reference !== null && ORDER_NUMBER.test(reference) ? `Order ${reference}` : null;
  return items.map((item, index) =>
    index === 0
      ? { ...item, description: [item.description, order, `Ref. ${checkoutId}`].filter(Boolean).join(" · ") }
      : item,
  );
}

function enabledMethods(merchant: Merchant) {
  const enabled = merchant.settings.read("payment_methods") ?? [];
  return PAYMENT_METHODS.filter((method) => enabled.includes(method));
}
