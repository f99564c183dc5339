import { createHash } from "node:crypto";
import { Inject, Injectable } from "@nestjs/common";
import { type CheckoutSnapshot, QontoPay } from "@qonto-pay/client";
import type { ID, RequestContext } from "@vendure/core";
import { QONTO_PAY_OPTIONS, type QontoPayPluginOptions } from "../qonto-pay-plugin-options.ts";
import { KnownCheckouts } from "../storage/known-checkouts.ts";
import { ShopIdentity } from "../storage/shop-identity.ts";
import { contentOf, identityOf, isOf, metadataOf, type OrderIdentity, predecessorOf } from "./checkout-metadata.ts";
import { endCheckout } from "./end-checkout.ts";
import { linesToPay } from "./lines-to-pay.ts";
import type { OrderToPay } from "./order-to-pay.ts";
import { referenceOfPart } from "./reference.ts";

interface Part {
  readonly reference: string;
  /** Its newest checkouts, newest first. */
  readonly own: readonly CheckoutSnapshot[];
  /** One of them that is paid, and not dealt with. */
  readonly unsettled: CheckoutSnapshot | undefined;
}

/** Opens the one checkout that an order can be paid by, or finds it. */
@Injectable()
export class OpenCheckout {
  readonly #qontoPay: QontoPay;
  readonly #options: QontoPayPluginOptions;
  readonly #known: KnownCheckouts;
  readonly #identity: ShopIdentity;

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(QONTO_PAY_OPTIONS) options: QontoPayPluginOptions,
    @Inject(KnownCheckouts) known: KnownCheckouts,
    @Inject(ShopIdentity) identity: ShopIdentity,
  ) {
    this.#qontoPay = qontoPay;
    this.#options = options;
    this.#known = known;
    this.#identity = identity;
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
    const { reference, own, unsettled } = await this.#unpaidPart(ctx, toPay.reference, identity);
    const earlier = unsettled ?? (await this.#openedBefore(ctx, order.id, reference, own));
    const { successUrl, cancelUrl, expiresIn } = this.#options;
    const body = {
      items: linesToPay(order, due),
      reference,
      ...(successUrl !== undefined && { success_url: successUrl(order.code) }),
      ...(cancelUrl !== undefined && { cancel_url: cancelUrl(order.code) }),
      ...(expiresIn !== undefined && { expires_in: expiresIn }),
    };
    const content = hashOf(JSON.stringify([identity, body]));
    const [latest] = own;
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
    await this.#known.noteOpening(ctx, idempotencyKey, order.id);
    const checkout = await this.#qontoPay.checkouts.create({ ...body, metadata }, { idempotencyKey });
    await this.#known.noteOpened(ctx, idempotencyKey, checkout.id, order.id);
    return checkout;
  }

  /** The part of the order that is not paid yet, or whose payment is not settled yet. */
  async #unpaidPart(ctx: RequestContext, wholeReference: string, identity: OrderIdentity): Promise<Part> {
    for (let part = 1; ; part += 1) {
      const reference = referenceOfPart(wholeReference, part);
      const { data: checkouts } = await this.#qontoPay.checkouts.list({ reference, opened_by: ["server"] });
      const own = checkouts.filter((checkout) => isOf(checkout, identity));
      const unsettled = await this.#unsettledIn(ctx, own);
      const isPaid = checkouts.some(({ status }) => status === "paid");
      if (unsettled !== undefined || !isPaid) return { reference, own, unsettled };
    }
  }

  /**
   * Returns the order's checkout under an earlier reference that is paid or being paid. After a change of the order's code
   * or `referencePrefix`, earlier links are found by their ids, and deactivated.
   */
  async #openedBefore(
    ctx: RequestContext,
    orderId: ID,
    reference: string,
    own: readonly CheckoutSnapshot[],
  ): Promise<CheckoutSnapshot | undefined> {
    const listed = new Set(own.map(({ id }) => id));
    for (const id of await this.#known.unsettledOf(ctx, orderId)) {
      if (listed.has(id)) continue;
      const checkout = await this.#qontoPay.checkouts.get(id);
      if (checkout.reference === reference) continue;
      const ended = isAlive(checkout) ? await endCheckout(this.#qontoPay, id) : checkout;
      if (ended.status === "paid" || isAlive(ended)) return ended;
    }
    return undefined;
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
