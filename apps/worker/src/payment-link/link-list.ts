import type { PaymentLink, PaymentLinkPage } from "@qonto-pay/core/qonto";
import type { MerchantContext } from "../context/merchant-context.ts";

/** The number of pages that one run reads, to leave time for the alarm's other jobs. The next run continues. */
const MAX_PAGES_PER_RUN = 10;

/**
 * Reads Qonto's list of all links in one run of a job: each page once, up to a limit of pages.
 *
 * Reads links of every status. A list of one status would lose links during the read, which would move others past the
 * reader. No link disappears from the complete list: a new link only moves the others to a later page.
 */
export class LinkList {
  readonly #merchant: MerchantContext;
  readonly #pages = new Map<number, PaymentLinkPage>();
  /** Links that this run has ended. Pages that were read before still show their previous status. */
  readonly #ended = new Set<string>();

  constructor(merchant: MerchantContext) {
    this.#merchant = merchant;
  }

  /** @returns null once this run has read its limit of pages. @throws QontoError */
  async read(page: number): Promise<PaymentLinkPage | null> {
    const known = this.#pages.get(page);
    if (known !== undefined) return known;
    if (this.#pages.size >= MAX_PAGES_PER_RUN) return null;
    // The newest come first if links have an end. In production every link has the same end, year 1 (field notes of
    // 2026-11-29: GuestFlow, production), and the order is unknown then.
    const query = { sort_by: "expiration_date:desc", per_page: 100, page } as const;
    const read = await this.#merchant.qonto.listPaymentLinks(query);
    this.#pages.set(page, read);
    return read;
  }

  recordEnd({ id }: Pick<PaymentLink, "id">): void {
    this.#ended.add(id);
  }

  /** Whether a link could not be paid when it was listed, or this run has ended it since. */
  isEnded(link: PaymentLink): boolean {
    return this.#ended.has(link.id) || hasEnded(link);
  }
}

/**
 * Whether each of these links was created at the same time as the next one, or later. False if one has no valid time.
 */
export function isNewestFirst(links: readonly PaymentLink[]): boolean {
  const times = links.map(({ created_at }) => Date.parse(created_at));
  return times.every((time, index) => !Number.isNaN(time) && (index === 0 || time <= (times[index - 1] ?? time)));
}

/** Whether a link can no longer be paid, regardless of later events. */
export function hasEnded({ status }: Pick<PaymentLink, "status">): boolean {
  return ["paid", "expired", "canceled"].includes(status);
}
