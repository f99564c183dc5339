import { Inject, Injectable } from "@nestjs/common";
import { type CheckoutSnapshot, QontoPay } from "@qonto-pay/client";
import {
  CurrencyCode,
  I18nError,
  type ID,
  isGraphQlErrorResult,
  Order,
  OrderService,
  type RequestContext,
  TransactionalConnection,
} from "@vendure/core";
import { QueryFailedError } from "typeorm";
import { CheckoutStoreService } from "./checkout-store.service.ts";
import { MerchantNoteService } from "./merchant-note.service.ts";
import { centsOf } from "./money.ts";
import { lockOrder } from "./order-lock.ts";
import { byHand, notBooked, nothingDue, otherAmountDue, otherCurrencyDue } from "./payment-notes.ts";
import { inCurrencyOf, QontoPayOrderService } from "./qonto-pay-order.service.ts";

/**
 * Proof that the Worker has returned a checkout as `paid`. It goes to our payment handler in the metadata of a payment,
 * where what a storefront sends is JSON and never an instance of this.
 */
export class PaidCheckout {
  /** `co_…` */
  readonly id: string;
  /** What was paid, VAT included. */
  readonly cents: number;

  constructor(id: string, cents: number) {
    this.id = id;
    this.cents = cents;
  }
}

/** `AddingItems`: the shopper has gone back to the cart, and paid in another tab. */
const PAYABLE: ReadonlySet<string> = new Set(["AddingItems", "ArrangingPayment", "ArrangingAdditionalPayment"]);

/** Of a transaction that the database ends again and again. */
const MOST_ATTEMPTS = 4;

/** Postgres and MySQL. */
const DEADLOCK: ReadonlySet<unknown> = new Set(["40P01", "ER_LOCK_DEADLOCK"]);

/** Adds what was paid to its order, once, for any caller and any number of calls. */
@Injectable()
export class SettlementService {
  readonly #qontoPay: QontoPay;
  readonly #connection: TransactionalConnection;
  readonly #orders: OrderService;
  readonly #ownOrders: QontoPayOrderService;
  readonly #store: CheckoutStoreService;
  readonly #notes: MerchantNoteService;

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(OrderService) orders: OrderService,
    @Inject(QontoPayOrderService) ownOrders: QontoPayOrderService,
    @Inject(CheckoutStoreService) store: CheckoutStoreService,
    @Inject(MerchantNoteService) notes: MerchantNoteService,
  ) {
    this.#qontoPay = qontoPay;
    this.#connection = connection;
    this.#orders = orders;
    this.#ownOrders = ownOrders;
    this.#store = store;
    this.#notes = notes;
  }

  /**
   * Reads the checkout, since a webhook only says that something may have happened, and settles it if it is paid.
   *
   * @throws QontoPayError or QontoPayConnectionError if it can't be read: try again later.
   */
  async settle(checkoutId: string): Promise<void> {
    const checkout = await this.#qontoPay.checkouts.get(checkoutId);
    if (checkout.status !== "paid") return;
    const found = await this.#ownOrders.findByCheckout(checkout);
    if (found !== null) await againAfterDeadlock(() => this.settlePaid(found.ctx, found.order, checkout));
  }

  /**
   * Settles one that was just read as paid. If it can't be added to the order, the merchant is notified: trying again would
   * not help.
   *
   * @param ctx its transaction, if it is in one, is joined.
   */
  async settlePaid(ctx: RequestContext, order: Order, checkout: CheckoutSnapshot): Promise<void> {
    await this.#store.add(ctx, checkout.id, order.id);
    try {
      await this.#once(ctx, order, checkout, (within) => this.#addPayment(within, order.id, checkout));
    } catch (error) {
      // Vendure's own errors are of the order or the configuration; all others may pass.
      if (!(error instanceof I18nError)) throw error;
      await this.#once(ctx, order, checkout, async () =>
        byHand(sentenceOf(ctx.translate(error.message, error.variables))),
      );
    }
  }

  /** @param settle answers why it could not be done, and what to do, or null. */
  async #once(
    ctx: RequestContext,
    order: Order,
    checkout: CheckoutSnapshot,
    settle: (within: RequestContext) => Promise<string | null>,
  ): Promise<void> {
    await this.#connection.withTransaction(ctx, async (within) => {
      // Of two checkouts of one order that are settled at once, the second has to see the payment of the first.
      await lockOrder(this.#connection.getRepository(within, Order), order.id);
      if (!(await this.#store.claim(within, checkout.id))) return;
      const problem = await settle(within);
      if (problem !== null) await this.#notes.add(within, order, notBooked(checkout, problem));
    });
  }

  /**
   * Adds the payment of a paid checkout to its order, if it is what is due to the cent.
   *
   * @param ctx in a transaction that has the order's lock: what is due does not change until it ends.
   * @returns null when it is added; else why not, and what to do, for the merchant.
   */
  async #addPayment(ctx: RequestContext, orderId: ID, { id, amount }: CheckoutSnapshot): Promise<string | null> {
    await this.#ownOrders.correctTotal(ctx, orderId);
    const found = await this.#ownOrders.readDue(ctx, orderId);
    if (found === null) return byHand("the order is gone.");
    const { order, due } = found;
    const cents = centsOf(amount);
    if (due <= 0 || !PAYABLE.has(order.state)) return nothingDue(order);
    if (order.currencyCode !== CurrencyCode.EUR) return otherCurrencyDue(found);
    if (cents !== due) return otherAmountDue(due);
    const method = await this.#ownOrders.findPaymentMethod(ctx, orderId);
    if (method === undefined) return byHand("no payment method with the handler qonto-pay is enabled.");
    // Vendure may compute the price again, such as without a coupon that has ended.
    const own = inCurrencyOf(order, ctx);
    if (order.state === "AddingItems") {
      const moved = await this.#orders.transitionToState(own, order.id, "ArrangingPayment");
      if (isGraphQlErrorResult(moved)) return byHand(reasonOf(own, moved));
    }
    const metadata = { paid: new PaidCheckout(id, cents) };
    const added = await this.#orders.addPaymentToOrder(own, order.id, { method: method.code, metadata });
    return isGraphQlErrorResult(added) ? byHand(reasonOf(own, added)) : null;
  }
}

/**
 * Repeats what the database has ended. Of two transactions that wait for each other it ends one, with which nothing is
 * wrong: a shopper's that changes a line, and ours, which settles the order.
 *
 * @param work a whole transaction.
 */
async function againAfterDeadlock(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !isDeadlock(error)) throw error;
    }
  }
}

function isDeadlock(error: unknown): boolean {
  return error instanceof QueryFailedError && DEADLOCK.has((error.driverError as { code?: unknown }).code);
}

/** An error result of Vendure's, with the fields that say more than its message. */
interface Refusal {
  readonly message: string;
  readonly paymentErrorMessage?: string | undefined;
  readonly transitionError?: string | undefined;
  readonly eligibilityCheckerMessage?: string | undefined;
}

/** Why Vendure did not do something, as a sentence for the merchant. */
function reasonOf(ctx: RequestContext, error: Refusal): string {
  const detail = error.paymentErrorMessage ?? error.transitionError ?? error.eligibilityCheckerMessage ?? "";
  return sentenceOf(detail === "" ? ctx.translate(`errorResult.${error.message}`, { ...error }) : detail);
}

/**
 * A message of Vendure's as a sentence. Outside of a request Vendure does not translate: what it says there is a key, such
 * as `message.cannot-transition-to-payment-without-customer`, whose words become the sentence.
 */
function sentenceOf(message: string): string {
  const isKey = /^[\w-]+(\.[\w-]+)*$/.test(message);
  const words = isKey ? (message.split(".").at(-1) ?? "").replaceAll(/[-_]+/g, " ").toLowerCase() : message.trim();
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
