import { createHash } from "node:crypto";
import { Inject, Injectable } from "@nestjs/common";
import { type CheckoutSnapshot, QontoPay } from "@qonto-pay/client";
import type { RequestContext } from "@vendure/core";
import { QONTO_PAY_OPTIONS } from "../constants.ts";
import type { QontoPayPluginOptions } from "../types.ts";
import { CheckoutStoreService } from "./checkout-store.service.ts";
import { ShopIdentityService } from "../storage/shop-identity.ts";
import { contentOf, identityOf, metadataOf, predecessorOf } from "./checkout-metadata.ts";
import { endCheckout } from "../checkouts/end-checkout.ts";
import { linesToPay } from "./checkout-lines.ts";
import { OrderCheckouts } from "../checkouts/order-checkouts.ts";
import type { OrderToPay } from "../checkouts/order-to-pay.ts";
import { referenceOfPart } from "../checkouts/reference.ts";

/** Opens the one checkout that an order can be paid by, or finds it. */
@Injectable()
export class CheckoutService {
  readonly #qontoPay: QontoPay;
  readonly #options: QontoPayPluginOptions;
  readonly #known: CheckoutStoreService;
  readonly #identity: ShopIdentityService;
  readonly #orderCheckouts: OrderCheckouts;

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(QONTO_PAY_OPTIONS) options: QontoPayPluginOptions,
    @Inject(CheckoutStoreService) known: CheckoutStoreService,
    @Inject(ShopIdentityService) identity: ShopIdentityService,
    @Inject(OrderCheckouts) orderCheckouts: OrderCheckouts,
  ) {
    this.#qontoPay = qontoPay;
    this.#options = options;
    this.#known = known;
    this.#identity = identity;
    this.#orderCheckouts = orderCheckouts;
  }

  /**
   * The same order gets the same checkout while that is alive; a changed one gets a new one, and the Worker ends the one
   * before. One that is paid, and not settled yet, is given back as it is: nobody is to pay twice.
   *
   * @throws QontoPayError, QontoPayConnectionError
   */
  async open(ctx: RequestContext, toPay: OrderToPay): Promise<CheckoutSnapshot> {
    const { order, due } = toPay;
    const identity = identityOf(await this.#identity.get(), ctx, order);
    const own = await this.#orderCheckouts.list(ctx, order.id);
    const reference = await this.#unpaidReference(toPay.reference, own);
    const earlier = (await this.#unsettledIn(ctx, own)) ?? (await this.#endOthers(own, reference));
    const { successUrl, cancelUrl, expiresIn } = this.#options;
    const body = {
      items: linesToPay(order, due),
      reference,
      ...(successUrl !== undefined && { success_url: successUrl(order.code) }),
      ...(cancelUrl !== undefined && { cancel_url: cancelUrl(order.code) }),
      ...(expiresIn !== undefined && { expires_in: expiresIn }),
    };
    const content = hashOf(JSON.stringify([identity, body]));
    const latest = own.find((checkout) => checkout.reference === reference);
    const isSame = latest !== undefined && contentOf(latest) === content && isAlive(latest);
    const found = earlier ?? (isSame && latest.url !== null ? latest : undefined);
    if (found !== undefined) {
      // Of one whose answer was lost there is no note yet.
      await this.#known.add(ctx, found.id, order.id);
      return found;
    }
    // What ended has given its answer to its key for good: the next one begins where it ended. One that has no link yet
    // is asked for once more under its own key, so that the Worker answers as soon as it has one.
    const after = isSame ? predecessorOf(latest) : (latest?.id ?? "");
    const idempotencyKey = hashOf(`${content} ${after}`);
    const metadata = metadataOf(identity, order.code, content, after);
    await this.#known.recordPending(ctx, idempotencyKey, order.id);
    const checkout = await this.#qontoPay.checkouts.create({ ...body, metadata }, { idempotencyKey });
    await this.#known.recordOpened(ctx, idempotencyKey, checkout.id, order.id);
    return checkout;
  }

  /** Returns the reference of the first part of the order that is not paid yet. The Worker sells each reference once. */
  async #unpaidReference(wholeReference: string, own: readonly CheckoutSnapshot[]): Promise<string> {
    const paid = new Set(own.filter(({ status }) => status === "paid").map(({ reference }) => reference));
    for (let part = 1; ; part += 1) {
      const reference = referenceOfPart(wholeReference, part);
      if (paid.has(reference)) continue;
      // Another order of the merchant may have been sold under it.
      const query = { reference, opened_by: ["server"], status: ["paid"], limit: 1 } as const;
      const { data: others } = await this.#qontoPay.checkouts.list(query);
      if (others.length === 0) return reference;
    }
  }

  /**
   * Cancels the order's checkouts under other references, from before the order's code or `referencePrefix` changed: the
   * Worker replaces a link under the same one only. Returns one that can't be cancelled, since it is paid or being paid.
   */
  async #endOthers(own: readonly CheckoutSnapshot[], reference: string): Promise<CheckoutSnapshot | undefined> {
    let left: CheckoutSnapshot | undefined;
    for (const checkout of own.filter((one) => isAlive(one) && one.reference !== reference)) {
      const ended = await endCheckout(this.#qontoPay, checkout.id);
      if (ended.status === "paid" || isAlive(ended)) left ??= ended;
    }
    return left;
  }

  /** One that is paid, and not dealt with. */
  async #unsettledIn(
    ctx: RequestContext,
    checkouts: readonly CheckoutSnapshot[],
  ): Promise<CheckoutSnapshot | undefined> {
    for (const checkout of checkouts.filter(({ status }) => status === "paid")) {
      if (!(await this.#known.isSettled(ctx, checkout.id))) return checkout;
    }
    return undefined;
  }
}

function isAlive({ status }: CheckoutSnapshot): boolean {
  return status === "open" || status === "processing";
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
