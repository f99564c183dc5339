import type { PaymentLink } from "@qonto-pay/core/qonto";
import { toApiError } from "../errors/to-api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import type { Replacement } from "../payment-link/create-payment-link.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { type Checkout, type CheckoutWithLink, ownReferencesOf, type References } from "../storage/checkouts.ts";
import { listPaidPayments, type PaymentReading } from "./list-paid-payments.ts";
import { reconcileCheckout, recordDeactivated } from "./reconcile-checkout.ts";

/** After this time, a deactivation without an answer has ended, and a read shows its result. */
const READ_AFTER_MS = 15_000;

/** Another checkout of the order is paid or may be in payment, so the order gets no other link. */
export class OrderTaken extends Error {
  readonly checkout: Checkout;

  constructor(checkout: Checkout) {
    super("another checkout of the order may be paid");
    this.checkout = checkout;
  }
}

/** Qonto's answer to the deactivation of a link. */
type Deactivation =
  | { readonly kind: "done"; readonly link: PaymentLink; readonly reading: PaymentReading | null }
  | { readonly kind: "gone" }
  | { readonly kind: "failed"; readonly fault: QontoError };

/**
 * Deactivates an order's other links while the link of a new checkout is created, because an order is paid once. Qonto
 * rejects the deactivation of a link whose payment has begun, even before any webhook reports it. So its answer decides
 * whether the new link may be returned. If the order has no open checkout, no call is made.
 */
export class OrderReplacement implements Replacement {
  readonly #merchant: MerchantContext;
  readonly #checkoutId: string;
  #references: readonly string[];
  readonly #deactivations = new Map<string, Promise<Deactivation>>();
  /** The checkouts that are known to be no longer payable. */
  readonly #done = new Set<string>();

  constructor(merchant: MerchantContext, checkoutId: string, references: References) {
    this.#merchant = merchant;
    this.#checkoutId = checkoutId;
    this.#references = ownReferencesOf(references);
  }

  start(): void {
    // `finish` handles a rejection as well. This handler is for the case that `finish` is never called.
    for (const other of this.#others()) void this.#deactivate(other).catch(() => undefined);
  }

  /** @throws OrderTaken; ApiError if Qonto did not answer, since the other link may still be payable. */
  finish(checkout: Checkout): Promise<void> | null {
    // The server may have changed the references meanwhile.
    this.#references = ownReferencesOf(checkout);
    this.#requireUnsettled();
    const others = this.#others();
    return others.length === 0 ? null : this.#deactivateAll(others);
  }

  async #deactivateAll(others: readonly CheckoutWithLink[]): Promise<void> {
    const answers = await Promise.all(others.map(async (other) => ({ other, answer: await this.#deactivate(other) })));
    for (const { other, answer } of answers) if (answer.kind === "failed") await this.#resolve(other, answer.fault);
    this.#requireUnsettled();
    for (const { other, answer } of answers) if (answer.kind !== "failed") this.#record(other, answer);
  }

  /** Called if the new link was not created. Schedules reads of the links whose deactivation was not recorded. */
  abandon(): void {
    for (const id of this.#deactivations.keys()) {
      if (!this.#done.has(id)) this.#merchant.checkoutReads.readLinkBy(id, Date.now() + READ_AFTER_MS);
    }
  }

  #others(): readonly CheckoutWithLink[] {
    return this.#references
      .flatMap((reference) => this.#merchant.checkouts.payableForReference(reference))
      .filter(({ id }) => id !== this.#checkoutId && !this.#done.has(id));
  }

  #requireUnsettled(): void {
    for (const reference of this.#references) {
      const settled = this.#merchant.checkouts.settledForReference(reference, this.#checkoutId);
      if (settled !== null) throw new OrderTaken(settled);
    }
  }

  #deactivate({ id, link }: CheckoutWithLink): Promise<Deactivation> {
    const underWay = this.#deactivations.get(id) ?? deactivate(this.#merchant, id, link.id);
    this.#deactivations.set(id, underWay);
    return underWay;
  }

  /** Reads a link whose deactivation Qonto rejected or did not answer: this shows whether it can be paid. */
  async #resolve(other: CheckoutWithLink, fault: QontoError): Promise<void> {
    if (fault.kind !== "refused" && !fault.mayHaveHappened) throw toApiError(fault);
    try {
      await reconcileCheckout(this.#merchant, other.id);
    } catch (unread) {
      throw unread instanceof QontoError ? toApiError(unread) : unread;
    }
    const now = this.#merchant.checkouts.reload(other);
    if (now.status === "open") throw fault.kind === "refused" ? new OrderTaken(now) : toApiError(fault);
    this.#done.add(other.id);
  }

  #record(other: CheckoutWithLink, answer: Exclude<Deactivation, { kind: "failed" }>): void {
    this.#done.add(other.id);
    const isPaid = answer.kind === "done" && (answer.reading?.payments.length ?? 0) > 0;
    // First, so that the event of the recorded read names the new checkout.
    if (!isPaid) this.#merchant.checkouts.supersede(other.id, this.#checkoutId);
    if (answer.kind === "done") recordDeactivated(this.#merchant, other, answer.link, answer.reading);
    else this.#merchant.checkoutReads.readLinkBy(other.id, Date.now());
  }
}

/**
 * Deactivates a link and reads its payments concurrently, because a paid link may still be open. The reading is null if
 * the payments could not be read. Never throws a `QontoError`.
 */
async function deactivate(merchant: MerchantContext, checkoutId: string, linkId: string): Promise<Deactivation> {
  const [deactivated, read] = await Promise.allSettled([
    merchant.qonto.deactivatePaymentLink(linkId),
    listPaidPayments(merchant, checkoutId, linkId),
  ]);
  const reading = read.status === "fulfilled" ? read.value : null;
  if (read.status === "rejected" && !(read.reason instanceof QontoError)) throw read.reason;
  if (deactivated.status === "fulfilled") return { kind: "done", link: deactivated.value, reading };
  const { reason } = deactivated;
  if (!(reason instanceof QontoError)) throw reason;
  return reason.kind === "not_found" ? { kind: "gone" } : { kind: "failed", fault: reason };
}
