import type { ServedPaymentLink, ServedPaymentLinkPage } from "@qonto-pay/core/api";
import type { CreatePaymentLink, ListPaymentLinksQuery, ListPaymentsQuery, PaymentPage } from "@qonto-pay/core/qonto";
import type { MutationOptions, WorkerCalls } from "../http/worker-calls.ts";

/** One link, as Qonto has it in an answer. */
interface OnePaymentLink {
  readonly payment_link: ServedPaymentLink;
}

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

  /** All from `page` on. `per_page` is the size of a page. */
  async *listAll(query: ListPaymentLinksQuery = {}): AsyncGenerator<ServedPaymentLink, void, undefined> {
    for (let page: number | null | undefined = query.page; page !== null; ) {
      const { payment_links, meta }: ServedPaymentLinkPage = await this.list({ ...query, page });
      yield* payment_links;
      page = meta.next_page;
    }
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
