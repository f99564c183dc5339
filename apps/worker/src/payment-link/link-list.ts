import type { PaymentLink, PaymentLinkPage } from "@qonto-pay/core/qonto";
import type { MerchantContext } from "../context/merchant-context.ts";

/** More pages than these are not read in one run: the alarm has other things to do as well. The next run goes on. */
const MAX_PAGES_PER_RUN = 10;

/**
 * Qonto's list of all links, as one run of a job reads it: each page once, and only so many pages.
 *
 * Links of every status are read, because a list of one status loses links while it is read, which moves others past
 * the reader. From this list nothing disappears: a new link can only move the others to a later page.
 */
export class LinkList {
  readonly #merchant: MerchantContext;
  readonly #pages = new Map<number, PaymentLinkPage>();
  /** Those of this run: the pages that were read before still show them as they were. */
  readonly #ended = new Set<string>();

  constructor(merchant: MerchantContext) {
    this.#merchant = merchant;
  }

  /** @returns null once this run has read as many pages as it may. @throws QontoError */
  async read(page: number): Promise<PaymentLinkPage | null> {
    const known = this.#pages.get(page);
    if (known !== undefined) return known;
    if (this.#pages.size >= MAX_PAGES_PER_RUN) return null;
    // The newest first where links have an end. In production every link has the same one, year 1 (field notes of
    // 2026-11-29: GuestFlow, production), and then nothing is known of the order.
    const query = { sort_by: "expiration_date:desc", per_page: 100, page } as const;
    const read = await this.#merchant.qonto.listPaymentLinks(query);
    this.#pages.set(page, read);
    return read;
  }

  recordEnd({ id }: Pick<PaymentLink, "id">): void {
    this.#ended.add(id);
  }

  /** Whether a link could no longer be paid when it was listed, or this run has ended it since. */
  isEnded(link: PaymentLink): boolean {
    return this.#ended.has(link.id) || hasEnded(link);
  }
}

/** Whether each of these links was created at the same time as the next one, or later. False where one has no readable time. */
export function isNewestFirst(links: readonly PaymentLink[]): boolean {
  const times = links.map(({ created_at }) => Date.parse(created_at));
  return times.every((time, index) => !Number.isNaN(time) && (index === 0 || time <= (times[index - 1] ?? time)));
}

/** Whether a link can no longer be paid, regardless of later events. */
export function hasEnded({ status }: Pick<PaymentLink, "status">): boolean {
  return ["paid", "expired", "canceled"].includes(status);
}
