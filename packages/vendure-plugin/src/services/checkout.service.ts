import { createHash } from "node:crypto";
import { Inject, Injectable } from "@nestjs/common";
import { type CheckoutSnapshot, QontoPay, QontoPayError } from "@qonto-pay/client";
import { type ID, Order, type RequestContext, TransactionalConnection } from "@vendure/core";
import { QONTO_PAY_OPTIONS } from "../constants.ts";
import type { QontoPayPluginOptions } from "../types.ts";
import { linesToPay } from "./checkout-lines.ts";
import {
  claimedOrder,
  contentOf,
  identityOf,
  metadataOf,
  metadataOfOrder,
  predecessorOf,
} from "./checkout-metadata.ts";
import { CheckoutStoreService } from "./checkout-store.service.ts";
import { lockOrder } from "./order-lock.ts";
import type { OrderWithDue } from "./qonto-pay-order.service.ts";

/** An order with an amount due. */
export interface OrderToPay extends OrderWithDue {
  /** The reference of its checkouts. */
  readonly reference: string;
}

/** The checkouts of an order that could not be cancelled, because they are paid or processing. */
export interface LeftCheckouts {
  readonly paid: readonly CheckoutSnapshot[];
  readonly isBeingPaid: boolean;
}

/** The Worker's largest page. */
const PAGE = 100;

/** Opens, lists and ends the checkouts of an order at the Worker. */
@Injectable()
export class CheckoutService {
  readonly #qontoPay: QontoPay;
  readonly #options: QontoPayPluginOptions;
  readonly #connection: TransactionalConnection;
  readonly #store: CheckoutStoreService;

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(QONTO_PAY_OPTIONS) options: QontoPayPluginOptions,
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(CheckoutStoreService) store: CheckoutStoreService,
  ) {
    this.#qontoPay = qontoPay;
    this.#options = options;
    this.#connection = connection;
    this.#store = store;
  }

  /**
   * Returns the checkout with which an order can be paid, and opens one if needed. An unchanged order gets the same
   * checkout while that is open or processing. A changed order gets a new one, and the Worker cancels the old one. A
   * checkout that is paid but not settled yet is returned as it is, to prevent a second payment.
   *
   * @throws QontoPayError, QontoPayConnectionError
   */
  async open(ctx: RequestContext, toPay: OrderToPay): Promise<CheckoutSnapshot> {
    const { order, due } = toPay;
    const identity = identityOf(await this.#store.shopId(), ctx, order);
    const own = await this.list(ctx, order.id);
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
      // A checkout whose response was lost is not stored yet.
      await this.#store.add(ctx, found.id, order.id);
      return found;
    }
    // The Idempotency-Key of an ended checkout would return that checkout, so the next key depends on its id. A
    // checkout without a link is requested again with its own key: the Worker answers as soon as there is a link.
    const after = isSame ? predecessorOf(latest) : (latest?.id ?? "");
    const idempotencyKey = hashOf(`${content} ${after}`);
    const metadata = metadataOf(identity, order.code, content, after);
    await this.#store.recordPending(ctx, idempotencyKey, order.id);
    const checkout = await this.#qontoPay.checkouts.create({ ...body, metadata }, { idempotencyKey });
    await this.#store.recordOpened(ctx, idempotencyKey, checkout.id, order.id);
    return checkout;
  }

  /**
   * Returns the checkouts of an order in every status, newest first. Includes those under an earlier order code or
   * `referencePrefix`, one whose response was lost, and one whose metadata no longer names the order.
   *
   * Usually reads one list, because the order may be locked meanwhile. Reads a stored checkout by its id only if the
   * list lacks it. Leaves out one that the Worker does not know, such as one of another merchant account: it can't be
   * paid.
   *
   * @throws QontoPayError, QontoPayConnectionError
   */
  async list(ctx: RequestContext, orderId: ID): Promise<readonly CheckoutSnapshot[]> {
    const shopId = await this.#store.shopId();
    const listed: CheckoutSnapshot[] = [];
    const query = { metadata: metadataOfOrder(shopId, orderId), opened_by: ["server"], limit: PAGE } as const;
    for await (const checkout of this.#qontoPay.checkouts.list(query)) listed.push(checkout);
    const ids = new Set(listed.map(({ id }) => id));
    const ofOthers = await this.#store.ofOtherOrders(ctx, [...ids], orderId);
    const missing = (await this.#store.unsettledOf(ctx, orderId)).filter((id) => !ids.has(id));
    const found = await Promise.all(missing.map((id) => this.#find(id)));
    return [
      ...listed.filter(({ id }) => !ofOthers.has(id)),
      ...found.filter((checkout) => checkout !== null).filter((checkout) => isOfShop(checkout, shopId)),
    ].toSorted((one, other) => Date.parse(other.created_at) - Date.parse(one.created_at));
  }

  /**
   * Ends a checkout, so that it can no longer be paid.
   *
   * @returns the checkout after that: paid or processing if it could not be cancelled.
   * @throws QontoPayError, QontoPayConnectionError
   */
  async end(id: string): Promise<CheckoutSnapshot> {
    try {
      return await this.#qontoPay.checkouts.cancel(id);
    } catch (error) {
      if (!(error instanceof QontoPayError) || error.code !== "checkout_not_open") throw error;
      return this.#qontoPay.checkouts.sync(id);
    }
  }

  /**
   * Cancels the checkouts of an order, so that no shopper pays for a cancelled order. If a link is being opened
   * meanwhile, the request that opens it cancels it: that request waits for this transaction and then finds the order
   * cancelled.
   *
   * @param ctx in the transaction that cancels the order.
   * @throws QontoPayError or QontoPayConnectionError if the Worker can't be reached.
   */
  async endAll(ctx: RequestContext, order: Order): Promise<LeftCheckouts> {
    const paid: CheckoutSnapshot[] = [];
    let isBeingPaid = false;
    await lockOrder(this.#connection.getRepository(ctx, Order), order.id);
    if (!(await this.#store.mayHaveUnsettled(ctx, order.id))) return { paid, isBeingPaid };
    for (const listed of await this.list(ctx, order.id)) {
      const checkout = isAlive(listed) ? await this.end(listed.id) : listed;
      if (isAlive(checkout)) isBeingPaid = true;
      if (checkout.status === "paid" && !(await this.#store.isSettled(ctx, checkout.id))) paid.push(checkout);
    }
    return { paid, isBeingPaid };
  }

  /**
   * Returns the first reference of the order that is not paid yet. The Worker accepts one payment for each reference.
   */
  async #unpaidReference(wholeReference: string, own: readonly CheckoutSnapshot[]): Promise<string> {
    const paid = new Set(own.filter(({ status }) => status === "paid").map(({ reference }) => reference));
    for (let part = 1; ; part += 1) {
      const reference = referenceOfPart(wholeReference, part);
      if (paid.has(reference)) continue;
      // Another order of the merchant may have been paid with it.
      const query = { reference, opened_by: ["server"], status: ["paid"], limit: 1 } as const;
      const { data: others } = await this.#qontoPay.checkouts.list(query);
      if (others.length === 0) return reference;
    }
  }

  /**
   * Cancels the order's checkouts with other references, from before the order's code or `referencePrefix` changed: the
   * Worker only replaces a link with the same reference. Returns one that can't be cancelled because it is paid or
   * processing.
   */
  async #endOthers(own: readonly CheckoutSnapshot[], reference: string): Promise<CheckoutSnapshot | undefined> {
    let left: CheckoutSnapshot | undefined;
    for (const checkout of own.filter((one) => isAlive(one) && one.reference !== reference)) {
      const ended = await this.end(checkout.id);
      if (ended.status === "paid" || isAlive(ended)) left ??= ended;
    }
    return left;
  }

  /** Returns the first checkout that is paid and not settled. */
  async #unsettledIn(
    ctx: RequestContext,
    checkouts: readonly CheckoutSnapshot[],
  ): Promise<CheckoutSnapshot | undefined> {
    for (const checkout of checkouts.filter(({ status }) => status === "paid")) {
      if (!(await this.#store.isSettled(ctx, checkout.id))) return checkout;
    }
    return undefined;
  }

  async #find(id: string): Promise<CheckoutSnapshot | null> {
    try {
      return await this.#qontoPay.checkouts.get(id);
    } catch (error) {
      if (error instanceof QontoPayError && error.code === "checkout_not_found") return null;
      throw error;
    }
  }
}

/**
 * Returns the reference of one payment of an order. The Worker accepts one payment for each reference. If the cart
 * changes after a payment, the amount due is paid with the next reference.
 *
 * @param part from 1 on; part 1 is the order's own reference.
 */
function referenceOfPart(reference: string, part: number): string {
  return part === 1 ? reference : `${reference}/${part}`;
}

function isAlive({ status }: CheckoutSnapshot): boolean {
  return status === "open" || status === "processing";
}

/** Returns false for a checkout of the shop from which this shop's database was copied. */
function isOfShop(checkout: CheckoutSnapshot, shopId: string): boolean {
  return (claimedOrder(checkout).shopId ?? shopId) === shopId;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
