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
 * Proof that the Worker has returned a checkout as `paid`. The plugin passes it to its payment handler in the metadata
 * of a payment. A storefront can't forge it: it sends JSON, never an instance of this class.
 */
export class PaidCheckout {
  /** `co_…` */
  readonly id: string;
  /** The paid amount, VAT included. */
  readonly cents: number;

  constructor(id: string, cents: number) {
    this.id = id;
    this.cents = cents;
  }
}

/** Includes `AddingItems`: the shopper may go back to the cart and pay in another tab. */
const PAYABLE: ReadonlySet<string> = new Set(["AddingItems", "ArrangingPayment", "ArrangingAdditionalPayment"]);

/** Attempts of a transaction that ends in a deadlock. */
const MOST_ATTEMPTS = 4;

/** Error codes of Postgres and MySQL. */
const DEADLOCK: ReadonlySet<unknown> = new Set(["40P01", "ER_LOCK_DEADLOCK"]);

/** Adds paid checkouts to their orders. Idempotent across all callers. */
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
   * Reads the checkout, because a webhook is only a hint, and settles it if it is paid.
   *
   * @throws QontoPayError or QontoPayConnectionError if the checkout can't be read now.
   */
  async settle(checkoutId: string): Promise<void> {
    const checkout = await this.#qontoPay.checkouts.get(checkoutId);
    if (checkout.status !== "paid") return;
    const found = await this.#ownOrders.findByCheckout(checkout);
    if (found !== null) await againAfterDeadlock(() => this.settlePaid(found.ctx, found.order, checkout));
  }

  /**
   * Settles a checkout that was just read as paid. If the payment can't be added to the order, notifies the merchant,
   * because a retry would not help.
   *
   * @param ctx may be in a transaction, which is joined.
   */
  async settlePaid(ctx: RequestContext, order: Order, checkout: CheckoutSnapshot): Promise<void> {
    await this.#store.add(ctx, checkout.id, order.id);
    try {
      await this.#once(ctx, order, checkout, (within) => this.#addPayment(within, order.id, checkout));
    } catch (error) {
      // Vendure's own errors concern the order or the configuration. All others may be temporary.
      if (!(error instanceof I18nError)) throw error;
      await this.#once(ctx, order, checkout, async () =>
        byHand(sentenceOf(ctx.translate(error.message, error.variables))),
      );
    }
  }

  /** @param settle returns null, or the reason why the payment was not added and what to do. */
  async #once(
    ctx: RequestContext,
    order: Order,
    checkout: CheckoutSnapshot,
    settle: (within: RequestContext) => Promise<string | null>,
  ): Promise<void> {
    await this.#connection.withTransaction(ctx, async (within) => {
      // If two checkouts of one order are settled at once, the second must see the payment of the first.
      await lockOrder(this.#connection.getRepository(within, Order), order.id);
      if (!(await this.#store.claim(within, checkout.id))) return;
      const problem = await settle(within);
      if (problem !== null) await this.#notes.add(within, order, notBooked(checkout, problem));
    });
  }

  /**
   * Adds the payment of a paid checkout to its order if it matches the amount due to the cent.
   *
   * @param ctx in a transaction that has locked the order, so that the amount due does not change.
   * @returns null if the payment was added; else the reason and what to do, for the merchant.
   */
  async #addPayment(ctx: RequestContext, orderId: ID, { id, amount }: CheckoutSnapshot): Promise<string | null> {
    await this.#ownOrders.correctTotal(ctx, orderId);
    const found = await this.#ownOrders.readDue(ctx, orderId);
    if (found === null) return byHand("the order was deleted.");
    const { order, due } = found;
    const cents = centsOf(amount);
    if (due <= 0 || !PAYABLE.has(order.state)) return nothingDue(order);
    if (order.currencyCode !== CurrencyCode.EUR) return otherCurrencyDue(found);
    if (cents !== due) return otherAmountDue(due);
    const method = await this.#ownOrders.findPaymentMethod(ctx, orderId);
    if (method === undefined) return byHand("no payment method with the handler qonto-pay is enabled.");
    // In this step, Vendure may compute the price again, for example without a coupon that has expired.
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
 * Repeats a transaction that the database has aborted in a deadlock, such as one between a shopper's change of a line
 * and a settlement.
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

/** An error result of Vendure, with the fields that are more specific than its message. */
interface Refusal {
  readonly message: string;
  readonly paymentErrorMessage?: string | undefined;
  readonly transitionError?: string | undefined;
  readonly eligibilityCheckerMessage?: string | undefined;
}

/** Returns the reason of an error result as a sentence for the merchant. */
function reasonOf(ctx: RequestContext, error: Refusal): string {
  const detail = error.paymentErrorMessage ?? error.transitionError ?? error.eligibilityCheckerMessage ?? "";
  return sentenceOf(detail === "" ? ctx.translate(`errorResult.${error.message}`, { ...error }) : detail);
}

/**
 * Converts a message of Vendure to a sentence. Outside of a request, Vendure does not translate: the message is a key,
 * such as `message.cannot-transition-to-payment-without-customer`, and its words become the sentence.
 */
function sentenceOf(message: string): string {
  const isKey = /^[\w-]+(\.[\w-]+)*$/.test(message);
  const words = isKey ? (message.split(".").at(-1) ?? "").replaceAll(/[-_]+/g, " ").toLowerCase() : message.trim();
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
