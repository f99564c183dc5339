import type { Payment, PaymentPage } from "@qonto-pay/core/qonto";
import type { MerchantContext } from "../context/merchant-context.ts";
import type { Priority } from "../qonto/rate-limiter.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import type { PaymentListProgress } from "../storage/payment-lists.ts";

/** More pages than these are not read at once, 100 payments each: the next reading goes on where this one stopped. */
const MAX_PAGES_PER_READING = 10;

/**
 * How old the last reading of a whole list may be. A payment that was begun long ago and paid only now stands far from
 * the newest end; where Qonto's count covers paid payments alone, it shows that one is missing, and otherwise only
 * reading all pages does.
 */
const SWEPT_AGAIN_AFTER_MS = { paidOnly: 24 * 60 * 60_000, everyStatus: 60 * 60_000 } as const;

/** What was read of a link's payments. */
export interface PaymentReading {
  /** Those that Qonto calls paid and that are not stored yet, oldest first. */
  readonly payments: readonly Payment[];
  /**
   * To be called once they are stored: stores how far the list was read, and has the rest read soon.
   *
   * @throws QontoError where a page could not be read.
   */
  finish(): void;
}

/**
 * Reads the new paid payments of a link, newest pages first, until Qonto's count says that none is missing or a page holds
 * only payments that are stored: one call for each further payment. More pages are read where the list was not read to its end before, where Qonto counts more
 * payments than were found, and the whole list at times. Payments that come in meanwhile move the others to later pages,
 * so none is skipped; which ones are new is decided by their ids alone.
 *
 * @param priority `pay` where a shopper waits for it.
 * @throws QontoError where not even the first page could be read.
 */
export async function listPaidPayments(
  merchant: MerchantContext,
  checkoutId: string,
  linkId: string,
  priority: Priority,
): Promise<PaymentReading> {
  const before = merchant.paymentLists.find(checkoutId);
  const reading = new Reading(merchant, checkoutId, { linkId, priority }, before);
  const after = await reading.read();
  return {
    payments: reading.newPayments(),
    finish: () => {
      if (reading.isLong || before.nextPage !== null) merchant.paymentLists.save(checkoutId, after);
      if (reading.fault !== null) throw reading.fault;
      if (after.nextPage !== null) merchant.checkouts.readLinkAt(checkoutId, Date.now());
    },
  };
}

class Reading {
  readonly #merchant: MerchantContext;
  readonly #linkId: string;
  readonly #priority: Priority;
  readonly #before: PaymentListProgress;
  /** How many are stored. */
  readonly #known: number;
  readonly #found = new Map<string, Payment>();
  #isPaidOnly = true;
  #pagesLeft = MAX_PAGES_PER_READING;
  #totalPages = 1;
  #totalCount = 0;
  #fault: QontoError | null = null;

  constructor(
    merchant: MerchantContext,
    checkoutId: string,
    { linkId, priority }: { readonly linkId: string; readonly priority: Priority },
    before: PaymentListProgress,
  ) {
    this.#merchant = merchant;
    this.#linkId = linkId;
    this.#priority = priority;
    this.#before = before;
    this.#known = merchant.payments.count(checkoutId);
  }

  /** What went wrong with a page after the first one. */
  get fault(): QontoError | null {
    return this.#fault;
  }

  get isLong(): boolean {
    return this.#totalPages > 1;
  }

  /** Qonto's order is newest first. */
  newPayments(): readonly Payment[] {
    return [...this.#found.values()].toReversed();
  }

  /** @returns how far the list was read. @throws QontoError where not even the first page could be read. */
  async read(): Promise<PaymentListProgress> {
    let page = 1;
    let isKnown = false;
    for (; !isKnown && page <= this.#totalPages; page += 1) {
      const payments = await this.#page(page);
      if (payments === null && page === 1 && this.#fault !== null) throw this.#fault;
      // Between the payments that are new and those that were known, none may be left out.
      if (payments === null) return { ...this.#before, nextPage: page };
      isKnown = this.#isComplete() || this.#holdsKnownOnly(payments);
    }
    if (page > this.#totalPages) return this.#endOfList();
    if (this.#before.nextPage !== null) return this.#readRest(Math.max(page, this.#before.nextPage));
    if (this.#isSweepDue()) return this.#readRest(page);
    return this.#readMissing(page);
  }

  async #readRest(start: number): Promise<PaymentListProgress> {
    for (let page = start; page <= this.#totalPages; page += 1) {
      if ((await this.#page(page)) === null) return { ...this.#before, nextPage: page };
    }
    return this.#endOfList();
  }

  /** Goes on while Qonto counts more paid payments than were found, one that was begun long ago among them. */
  async #readMissing(start: number): Promise<PaymentListProgress> {
    for (let page = start; page <= this.#totalPages; page += 1) {
      if (!this.#isPaidOnly || this.#isComplete()) return this.#before;
      if ((await this.#page(page)) === null) return { ...this.#before, nextPage: page };
    }
    return this.#endOfList();
  }

  #isSweepDue(): boolean {
    const longest = this.#isPaidOnly ? SWEPT_AGAIN_AFTER_MS.paidOnly : SWEPT_AGAIN_AFTER_MS.everyStatus;
    return Date.now() - (this.#before.sweptAt ?? 0) > longest;
  }

  #endOfList(): PaymentListProgress {
    const unexplained = Math.max(0, this.#missing());
    // A payment that came into the middle of the list while it was read is found by reading it a second time.
    // A list of one page was read in one call. Qonto may count payments of every status there, which no second read finds.
    const isExplained = !this.isLong || !this.#isPaidOnly || unexplained <= this.#before.unexplained;
    return { nextPage: isExplained ? null : 1, unexplained, sweptAt: Date.now() };
  }

  /** Whether Qonto's count says that none is missing. Where it counts unpaid ones as well, it says nothing. */
  #isComplete(): boolean {
    return this.#isPaidOnly && this.#missing() <= this.#before.unexplained;
  }

  #missing(): number {
    return this.#totalCount - this.#known - this.#found.size;
  }

  #holdsKnownOnly(payments: readonly Payment[]): boolean {
    const paid = payments.filter(({ status }) => status === "paid");
    return paid.length > 0 && paid.every(({ id }) => !this.#found.has(id));
  }

  /** Null: no more pages now, because of a fault or because enough were read. */
  async #page(page: number): Promise<readonly Payment[] | null> {
    if (this.#pagesLeft <= 0) return null;
    this.#pagesLeft -= 1;
    try {
      const { payments, meta } = await this.#ask(page);
      this.#totalPages = meta.total_pages;
      this.#totalCount = meta.total_count;
      const paid = payments.filter(({ status }) => status === "paid");
      if (paid.length < payments.length) this.#isPaidOnly = false;
      const unknown = this.#merchant.payments.unknownOf(paid.map(({ id }) => id));
      for (const payment of paid) if (unknown.has(payment.id)) this.#found.set(payment.id, payment);
      return payments;
    } catch (fault) {
      if (!(fault instanceof QontoError)) throw fault;
      this.#fault = fault;
      return null;
    }
  }

  /** Qonto's own collection of calls writes the filter in another way than its documents, so it may be refused. */
  async #ask(page: number): Promise<PaymentPage> {
    const query = { sort_by: "creation_date:desc", per_page: 100, page } as const;
    try {
      const filter = this.#isPaidOnly ? { status: ["paid"] as const } : {};
      return await this.#merchant.qonto.listPayments(this.#linkId, { ...query, ...filter }, this.#priority);
    } catch (fault) {
      if (!this.#isPaidOnly || !(fault instanceof QontoError) || fault.kind !== "refused") throw fault;
      this.#isPaidOnly = false;
      return this.#merchant.qonto.listPayments(this.#linkId, query, this.#priority);
    }
  }
}
