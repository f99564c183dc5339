import type { ServedPaymentLink, ServedPaymentLinkPage } from "@qonto-pay/core/api";
import type { CreatePaymentLink, ListPaymentLinksQuery, ListPaymentsQuery, PaymentPage } from "@qonto-pay/core/qonto";
import type { MutationOptions, WorkerCalls } from "../http-client.ts";
import { followNumberedPages } from "../pagination.ts";

/** One link, as Qonto has it in an answer. */
interface OnePaymentLink {
  readonly payment_link: ServedPaymentLink;
}

/** What may be asked of all links. Their order is not for choice: see `listAll`. */
export type AllPaymentLinksQuery = Pick<ListPaymentLinksQuery, "status" | "per_page">;

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

  /** One page, with Qonto's page arithmetic in `meta`. */
  list(query?: ListPaymentLinksQuery): Promise<ServedPaymentLinkPage> {
    return this.#calls.read(["payment_links"], query);
  }

  /**
   * All of them, each once, also while links are made and change: where their ends are known, those that expire first come
   * first. A link is returned as it was when its page was read. `per_page` is the size of a page.
   *
   * Qonto pages by number, so on a list of one status whatever leaves it moves the rest, past who reads. Hence all links
   * are read, whatever their status, and `status` picks from them: to have only the first open ones, `list` asks for less.
   * Qonto does not document the order of links that expire at the same time, and no link was observed to expire in
   * production. So if the list counts more than was seen, it is read again, sorted by amount and by end in turn; only a
   * link that Qonto moves repeatedly in both orders could be missed.
   */
  async *listAll({ status, per_page }: AllPaymentLinksQuery = {}): AsyncGenerator<ServedPaymentLink, void, undefined> {
    const isAsked = (link: ServedPaymentLink) => status === undefined || status.some((one) => one === link.status);
    const all = followNumberedPages(async (page, pass) => {
      // The expiration date and the amount of a link never change.
      const sort_by = pass % 2 === 0 ? "expiration_date:asc" : "amount:asc";
      const { payment_links: items, meta } = await this.list({ sort_by, page, per_page });
      return { items, meta };
    });
    for await (const link of all) if (isAsked(link)) yield link;
  }

  /** One page of every payment that was made or tried. */
  payments(id: string, query?: ListPaymentsQuery): Promise<PaymentPage> {
    return this.#calls.read(["payment_links", id, "payments"], query);
  }

  /** Nobody can pay it any more. */
  deactivate(id: string, options?: MutationOptions): Promise<OnePaymentLink> {
    return this.#calls.change("PATCH", ["payment_links", id, "deactivate"], undefined, options);
  }
}
