import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type MerchantEvent, requireWebhookSecret, verifyWebhook } from "@qonto-pay/client";
import { PaymentStore } from "./payment-store.ts";
import type { Order, PaymentSession } from "./provider-store.ts";
import { type ProviderOptions, QontoPayProvider } from "./qonto-pay-provider.ts";

export interface ShopOptions extends ProviderOptions {
  /** `whsec_…` of the webhook endpoint that leads here. */
  readonly webhookSecret: string;
}

/** Where a shopper pays a cart. */
export interface PayPage {
  readonly sessionId: string;
  readonly url: string | null;
}

/** A shop that works like a headless platform: a cart becomes an order when its payment session is paid. */
export class Shop {
  readonly store = new PaymentStore();
  readonly provider: QontoPayProvider;
  readonly #webhookSecret: string;

  /** @throws WebhookVerificationError if the webhook secret is malformed: no webhook could be verified. */
  constructor(options: ShopOptions) {
    requireWebhookSecret(options.webhookSecret);
    this.provider = new QontoPayProvider(options, this.store);
    this.#webhookSecret = options.webhookSecret;
  }

  /**
   * Creates a payment session for a cart, and deletes the earlier ones at the same time.
   *
   * @param amount the total of the cart, a decimal text, VAT included.
   * @throws Error if an earlier session is paid.
   */
  async pay(cartId: string, amount: string, currency = "EUR"): Promise<PayPage> {
    this.store.saveCart({ id: cartId, total: amount, currency });
    const session: PaymentSession = { id: randomUUID(), cartId, amount, currency };
    const earlier = this.store.sessionsOf(cartId);
    this.store.addSession(session);
    const [opened, ...deleted] = await Promise.allSettled([
      this.provider.openSession(session),
      ...earlier.map(({ id }) => this.cancel(id)),
    ]);
    const failed = deleted.find(({ status }) => status === "rejected") ?? opened;
    if (opened.status === "fulfilled" && failed === opened) return { sessionId: session.id, url: opened.value.url };
    await this.cancel(session.id);
    throw (failed as PromiseRejectedResult).reason;
  }

  /** Orders a cart with another payment provider: the shopper pays an invoice later. @throws Error if it is ordered */
  async orderByInvoice(cartId: string): Promise<Order> {
    const order = this.store.placeOrder(cartId);
    await this.provider.onCartOrdered(order);
    return order;
  }

  /** Deletes a payment session. @throws Error if it is paid. */
  async cancel(sessionId: string): Promise<void> {
    await this.provider.deleteSession(sessionId);
    this.store.removeSession(sessionId);
  }

  /** Listens for webhooks on `POST /qonto-pay/webhook`. */
  listen(port: number): Server {
    return createServer((request, response) => void this.#receive(request, response)).listen(port, "127.0.0.1");
  }

  /** Answers 200 before it handles the webhook, as some platforms do: the Worker does not retry. */
  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray());
    response.writeHead(200).end();
    try {
      const event: MerchantEvent = await verifyWebhook(body, request.headers, this.#webhookSecret);
      await this.provider.handleEvent(event);
    } catch (error) {
      console.error(`A webhook was not handled: ${String(error)}`); // the next catchUp handles it
    }
  }
}
