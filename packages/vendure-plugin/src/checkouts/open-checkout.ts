import { createHash } from "node:crypto";
import { Inject, Injectable } from "@nestjs/common";
import { type Checkout, type CheckoutSnapshot, type Metadata, QontoPay } from "@qonto-pay/client";
import type { Order, RequestContext } from "@vendure/core";
import { QONTO_PAY_OPTIONS, type QontoPayPluginOptions } from "../qonto-pay-plugin-options.ts";
import { KnownCheckouts } from "../storage/known-checkouts.ts";
import { CONTENT, metadataOf, ORDER } from "./checkout-metadata.ts";
import { linesToPay } from "./lines-to-pay.ts";

/** Opens the one checkout that an order can be paid by, or finds it. */
@Injectable()
export class OpenCheckout {
  readonly #qontoPay: QontoPay;
  readonly #options: QontoPayPluginOptions;
  readonly #known: KnownCheckouts;

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(QONTO_PAY_OPTIONS) options: QontoPayPluginOptions,
    @Inject(KnownCheckouts) known: KnownCheckouts,
  ) {
    this.#qontoPay = qontoPay;
    this.#options = options;
    this.#known = known;
  }

  /**
   * The same order gets the same checkout while that is alive; a changed one gets a new one, and the Worker ends the one
   * before. One that is paid, and not settled yet, is given back as it is: nobody is to pay twice.
   *
   * @param due in cents.
   * @throws QontoPayError, QontoPayConnectionError
   */
  async open(ctx: RequestContext, order: Order, due: number): Promise<CheckoutSnapshot> {
    const { successUrl, cancelUrl, expiresIn } = this.#options;
    const body = {
      items: linesToPay(order, due),
      reference: order.code,
      ...(successUrl !== undefined && { success_url: successUrl(order.code) }),
      ...(cancelUrl !== undefined && { cancel_url: cancelUrl(order.code) }),
      ...(expiresIn !== undefined && { expires_in: expiresIn }),
    };
    const content = hashOf(JSON.stringify([order.id, body]));
    const metadata = metadataOf(ctx, order, content);
    const latest = await this.#latest(order.code);
    if (latest !== undefined && (await this.#isStillGood(ctx, latest, metadata))) return latest;
    // What ended has given its answer to its key for good: the next one begins where it ended.
    const idempotencyKey = `${order.code}-${hashOf(`${content} ${latest?.id}`)}`;
    const checkout: Checkout = await this.#qontoPay.checkouts.create({ ...body, metadata }, { idempotencyKey });
    await this.#known.add(ctx, checkout.id, order.id);
    return checkout;
  }

  async #latest(reference: string): Promise<CheckoutSnapshot | undefined> {
    const { checkouts } = await this.#qontoPay.checkouts.list({ reference, limit: 1 });
    return checkouts[0];
  }

  async #isStillGood(ctx: RequestContext, latest: CheckoutSnapshot, wanted: Metadata): Promise<boolean> {
    const { id, status, metadata, url } = latest;
    if (status === "paid") return metadata[ORDER] === wanted[ORDER] && !(await this.#known.isSettled(ctx, id));
    return metadata[CONTENT] === wanted[CONTENT] && (status === "open" || status === "processing") && url !== null;
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
