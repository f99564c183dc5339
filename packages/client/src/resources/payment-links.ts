import type { ServedPaymentLink, ServedPaymentLinkPage } from "@qonto-pay/core/api";
import type { CreatePaymentLink, ListPaymentLinksQuery, ListPaymentsQuery, PaymentPage } from "@qonto-pay/core/qonto";
import type { MutationOptions, WorkerCalls } from "../http-client.ts";
import { followNumberedPages, type ListPromise, listPromise } from "../pagination.ts";

/** A link in the shape of Qonto's responses. */
interface OnePaymentLink {
  readonly payment_link: ServedPaymentLink;
}

/** The query for a list of all links. It has no order: see `PaymentLinks.list`. */
export type AllPaymentLinksQuery = Pick<ListPaymentLinksQuery, "status" | "per_page"> & {
  readonly page?: undefined;
  readonly sort_by?: undefined;
};

/** `/v1/payment_links`: Qonto's own operations in Qonto's own shapes, for links made anywhere. */
export class PaymentLinks {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  create(body: CreatePaymentLink, options?: MutationOptions): Promise<OnePaymentLink> {
    return this.#calls.change("POST", ["payment_links"], body, options);
  }

  get(id: string): Promise<OnePaymentLink> {
    return this.#calls.read(["payment_links", id]);
  }

  /**
   * Lists links. Awaited, it is one page in Qonto's order, with Qonto's page numbers in `meta`. Iterated, it is all
   * links, each once, even while links are created and change. Links that expire first come first, if their expiry is
   * known. A link is returned as it was when its page was read. `per_page` is the size of a page.
   *
   * Qonto pages by number, so a link that leaves a list of one status moves the others to other pages. To miss none,
   * the iteration reads all links and filters them by `status`. If you need only the first open ones, await a page.
   * Qonto does not document the order of links that expire at the same time, and no link was observed to expire in
   * production. So if the list counts more than was seen, it is read again, sorted by amount and by end in turn; only a
   * link that Qonto moves repeatedly in both orders could be missed.
   */
  list(query?: AllPaymentLinksQuery): ListPromise<ServedPaymentLink, ServedPaymentLinkPage>;
  /** One page, in an order of your choice. It can't be iterated: in most orders links move from page to page. */
  list(query: ListPaymentLinksQuery): Promise<ServedPaymentLinkPage>;
  list(query: ListPaymentLinksQuery = {}): ListPromise<ServedPaymentLink, ServedPaymentLinkPage> {
    const copy = structuredClone(query);
    return listPromise(
      () => this.#readPage(copy),
      () => this.#readAll(copy),
    );
  }

  /** Returns one page of all payments and attempts. */
  payments(id: string, query?: ListPaymentsQuery): Promise<PaymentPage> {
    return this.#calls.read(["payment_links", id, "payments"], query);
  }

  /** Deactivates a link: it can no longer be paid. */
  deactivate(id: string, options?: MutationOptions): Promise<OnePaymentLink> {
    return this.#calls.change("PATCH", ["payment_links", id, "deactivate"], undefined, options);
  }

  #readPage(query: ListPaymentLinksQuery): Promise<ServedPaymentLinkPage> {
    return this.#calls.read(["payment_links"], query);
  }

  async *#readAll(query: ListPaymentLinksQuery): AsyncGenerator<ServedPaymentLink, void, undefined> {
    const { status, per_page } = query;
    if (query.page !== undefined || query.sort_by !== undefined) {
      throw new TypeError("A list of payment links with `page` or `sort_by` is one page. Await it, or leave both out.");
    }
    const all = followNumberedPages(async (page, pass) => {
      // The expiration date and the amount of a link never change.
      const sort_by = pass % 2 === 0 ? "expiration_date:asc" : "amount:asc";
      const { payment_links: items, meta } = await this.#readPage({ sort_by, page, per_page });
      return { items, meta };
    });
    const isListed = (link: ServedPaymentLink) => status === undefined || status.some((one) => one === link.status);
    for await (const link of all) if (isListed(link)) yield link;
  }
}
