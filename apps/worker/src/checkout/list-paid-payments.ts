import type { Payment, PaymentPage } from "@qonto-pay/core/qonto";
import type { MerchantContext } from "../context/merchant-context.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import type { PaymentListProgress } from "../storage/payment-lists.ts";

/** The number of pages of 100 payments that one run reads. The next run continues from there. */
const MAX_PAGES_PER_READING = 10;

/**
 * The maximum age of the last complete read of a list. A payment that was begun long ago and is paid only now is far
 * from the newest end. If Qonto's count covers only paid payments, it shows that one is missing. Otherwise only a read
 * of all pages finds it.
 */
const SWEPT_AGAIN_AFTER_MS = { paidOnly: 24 * 60 * 60_000, everyStatus: 60 * 60_000 } as const;

/** The result of reading a link's payments. */
export interface PaymentReading {
  /** Payments that are `paid` at Qonto and not stored yet, oldest first. */
  readonly payments: readonly Payment[];
  /**
   * Call once the payments are stored. Stores how far the list was read, and schedules a read of the rest.
   *
   * @throws QontoError if a page could not be read.
   */
  finish(): void;
}

/**
 * Reads the new paid payments of a link, newest pages first, until Qonto's count shows that none is missing or a page
 * contains only stored payments: one call for each further payment. Reads more pages if the list was not read to its
 * end before or if Qonto counts more payments than were found, and the whole list at times. Payments that arrive
 * meanwhile move the others to later pages, so none is skipped. Their ids alone decide which ones are new.
 *
 * @throws QontoError if not even the first page could be read.
 */
export async function listPaidPayments(
  merchant: MerchantContext,
  checkoutId: string,
  linkId: string,
): Promise<PaymentReading> {
  const before = merchant.paymentLists.find(checkoutId);
  const reading = new Reading(merchant, checkoutId, linkId, before);
  const after = await reading.read();
  return {
    payments: reading.newPayments(),
    finish: () => {
      if (reading.isLong || before.nextPage !== null) merchant.paymentLists.save(checkoutId, after);
      if (reading.fault !== null) throw reading.fault;
      if (after.nextPage !== null) merchant.checkoutReads.readLinkAt(checkoutId, Date.now());
    },
  };
}

class Reading {
  readonly #merchant: MerchantContext;
  readonly #linkId: string;
  readonly #before: PaymentListProgress;
  /** The number of stored payments. */
  readonly #known: number;
  readonly #found = new Map<string, Payment>();
  #isPaidOnly = true;
  #pagesLeft = MAX_PAGES_PER_READING;
  #totalPages = 1;
  #totalCount = 0;
  #fault: QontoError | null = null;

  constructor(merchant: MerchantContext, checkoutId: string, linkId: string, before: PaymentListProgress) {
    this.#merchant = merchant;
    this.#linkId = linkId;
    this.#before = before;
    this.#known = merchant.payments.count(checkoutId);
  }

  /** The error of a page after the first one. */
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

  /** @returns how far the list was read. @throws QontoError if not even the first page could be read. */
  async read(): Promise<PaymentListProgress> {
    let page = 1;
    let isKnown = false;
    for (; !isKnown && page <= this.#totalPages; page += 1) {
      const payments = await this.#page(page);
      if (payments === null && page === 1 && this.#fault !== null) throw this.#fault;
      // No payment between the new and the known ones may be skipped.
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

  /** Continues while Qonto counts more paid payments than were found. One of them may have been begun long ago. */
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
    // A second read finds a payment that appeared in the middle of the list during the first one. A list of one page
    // needs no second read: it was read in one call, and Qonto's count may include payments of every status.
    const isExplained = !this.isLong || !this.#isPaidOnly || unexplained <= this.#before.unexplained;
    return { nextPage: isExplained ? null : 1, unexplained, sweptAt: Date.now() };
  }

  /** Whether Qonto's count shows that none is missing. A count that includes unpaid payments shows nothing. */
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

  /** Returns null if no more pages are read now, after an error or at the limit of pages. */
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

  /** Qonto's Postman collection writes the filter differently from its documents, so Qonto may reject it. */
  async #ask(page: number): Promise<PaymentPage> {
    const query = { sort_by: "creation_date:desc", per_page: 100, page } as const;
    try {
      const filter = this.#isPaidOnly ? { status: ["paid"] as const } : {};
      return await this.#merchant.qonto.listPayments(this.#linkId, { ...query, ...filter });
    } catch (fault) {
      if (!this.#isPaidOnly || !(fault instanceof QontoError) || fault.kind !== "refused") throw fault;
      this.#isPaidOnly = false;
      return this.#merchant.qonto.listPayments(this.#linkId, query);
    }
  }
}
