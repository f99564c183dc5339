import { Inject, Injectable } from "@nestjs/common";
import {
  type CheckoutSnapshot,
  type CheckoutStatus,
  QontoPay,
  QontoPayConnectionError,
  QontoPayError,
} from "@qonto-pay/client";
import {
  ActiveOrderService,
  ConfigService,
  CurrencyCode,
  type ID,
  isGraphQlErrorResult,
  Logger,
  Order,
  OrderService,
  type OrderState,
  type RequestContext,
  TransactionalConnection,
  UserInputError,
} from "@vendure/core";
import { LOG_CONTEXT, QONTO_PAY_OPTIONS } from "../constants.ts";
import {
  type QontoPayCheckout,
  QontoPayCheckoutRefused,
  type QontoPayNothingDue,
  type QontoPayPluginOptions,
  type StartedCheckout,
} from "../types.ts";
import { CheckoutStoreService } from "./checkout-store.service.ts";
import { CheckoutService, type OrderToPay } from "./checkout.service.ts";
import { priceOf } from "./money.ts";
import { lockOrder } from "./order-lock.ts";
import { type OrderWithDue, QontoPayOrderService } from "./qonto-pay-order.service.ts";
import { SettlementService } from "./settlement.service.ts";

/**
 * An order in `ArrangingPayment` of which nothing is due, because it is free or paid by other methods. Needs no link.
 */
class OrderWithoutDue {
  readonly order: Order;

  constructor(order: Order) {
    this.order = order;
  }
}

interface LastSync {
  readonly at: number;
  readonly status: Promise<CheckoutStatus>;
}

/** The decimals of Vendure's integer amounts. */
const PRECISION = 2;

/** The Worker's format of a reference. */
const REFERENCE = /^[\x20-\x7e]{1,64}$/;

/**
 * The states that Vendure allows after `ArrangingPayment` without a further payment, if the total is 0 or covered by
 * what other methods have settled or authorized.
 */
const PLACED: readonly OrderState[] = ["PaymentSettled", "PaymentAuthorized"];

/** Any visitor can send a status request, which reads from Qonto. Within this time, all get the same response. */
const AGAIN_AFTER_MS = 3000;

const NOT_BY_QONTO = "This order can't be paid by Qonto.";
const NO_ACTIVE_ORDER = "There is no active order.";
const CHANGED = "This order has changed meanwhile. Please check it and try again.";
const UNKNOWN = "There is no such checkout here.";

/** The operations of a storefront: creates the checkout of a shopper's order, and syncs it when the shopper returns. */
@Injectable()
export class QontoPayService {
  readonly #qontoPay: QontoPay;
  readonly #options: QontoPayPluginOptions;
  readonly #activeOrder: ActiveOrderService;
  readonly #orders: OrderService;
  readonly #connection: TransactionalConnection;
  readonly #config: ConfigService;
  readonly #ownOrders: QontoPayOrderService;
  readonly #checkouts: CheckoutService;
  readonly #settlement: SettlementService;
  readonly #store: CheckoutStoreService;
  readonly #lastSyncs = new Map<string, LastSync>();

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(QONTO_PAY_OPTIONS) options: QontoPayPluginOptions,
    @Inject(ActiveOrderService) activeOrder: ActiveOrderService,
    @Inject(OrderService) orders: OrderService,
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(ConfigService) config: ConfigService,
    @Inject(QontoPayOrderService) ownOrders: QontoPayOrderService,
    @Inject(CheckoutService) checkouts: CheckoutService,
    @Inject(SettlementService) settlement: SettlementService,
    @Inject(CheckoutStoreService) store: CheckoutStoreService,
  ) {
    this.#qontoPay = qontoPay;
    this.#options = options;
    this.#activeOrder = activeOrder;
    this.#orders = orders;
    this.#connection = connection;
    this.#config = config;
    this.#ownOrders = ownOrders;
    this.#checkouts = checkouts;
    this.#settlement = settlement;
    this.#store = store;
  }

  /**
   * Returns the pay page of the shopper's active order, or places the order if nothing is due. Holds no transaction
   * while a link is opened.
   */
  async createCheckout(ctx: RequestContext): Promise<StartedCheckout> {
    const toPay = await this.#findOrderToPay(ctx);
    if (toPay instanceof QontoPayCheckoutRefused) return toPay;
    try {
      if (toPay instanceof OrderWithoutDue) return await this.#place(ctx, toPay.order);
      return await this.#open(ctx, toPay);
    } catch (error) {
      if (!(error instanceof QontoPayError || error instanceof QontoPayConnectionError)) throw error;
      if (error instanceof QontoPayError && error.code === "order_already_paid") {
        return new QontoPayCheckoutRefused(
          "This order is paid already, or is being paid. Please try again in a moment.",
        );
      }
      const { code, param, requestId } = error instanceof QontoPayError ? error : { code: error.reason };
      Logger.error(`Order ${toPay.order.code} can't be paid: ${[code, param, requestId].join(" ")}`, LOG_CONTEXT);
      return new QontoPayCheckoutRefused("The payment could not be started. Please try again in a moment.");
    }
  }

  /**
   * Syncs a checkout with Qonto for the page to which a shopper returns, and settles it if it is paid.
   *
   * @throws UserInputError, whose message can be shown, for a checkout of another shop, and if the status is not
   *   available.
   */
  async syncCheckout(ctx: RequestContext, checkoutId: string): Promise<CheckoutStatus> {
    // Reveals nothing about the merchant's other checkouts.
    if (!(await this.#store.isKnown(ctx, checkoutId))) throw new UserInputError(UNKNOWN);
    if (await this.#store.isSettled(ctx, checkoutId)) return "paid";
    const now = Date.now();
    for (const [id, { at }] of this.#lastSyncs) if (now - at >= AGAIN_AFTER_MS) this.#lastSyncs.delete(id);
    const last = this.#lastSyncs.get(checkoutId) ?? { at: now, status: this.#readAndSettle(checkoutId) };
    this.#lastSyncs.set(checkoutId, last);
    return last.status;
  }

  /**
   * Moves the shopper's active order to `ArrangingPayment` and returns it; else returns the reason, for the shopper.
   */
  async #findOrderToPay(ctx: RequestContext): Promise<OrderToPay | OrderWithoutDue | QontoPayCheckoutRefused> {
    const active = await this.#activeOrder.getActiveOrder(ctx, undefined);
    if (active === undefined) return new QontoPayCheckoutRefused(NO_ACTIVE_ORDER);
    const wanted = (this.#options.referencePrefix ?? "") + active.code;
    const reference = REFERENCE.test(wanted) ? wanted : null;
    // Qonto's limits don't apply to an order without a payment.
    const isFree = active.totalWithTax === 0;
    const problem = isFree ? null : await this.#problemOf(ctx, active, reference);
    if (problem !== null) return new QontoPayCheckoutRefused(problem);
    if (active.state !== "ArrangingPayment") {
      const moved = await this.#orders.transitionToState(ctx, active.id, "ArrangingPayment");
      if (isGraphQlErrorResult(moved)) return new QontoPayCheckoutRefused(moved.transitionError);
    }
    const found = await this.#connection.withTransaction(ctx, async (within) => {
      await lockOrder(this.#connection.getRepository(within, Order), active.id);
      await this.#ownOrders.correctTotal(within, active.id);
      return this.#ownOrders.readDue(within, active.id);
    });
    if (found === null) return new QontoPayCheckoutRefused(NO_ACTIVE_ORDER);
    if (found.due <= 0) return new OrderWithoutDue(found.order);
    // Checks again under the lock, because the shopper may have changed the cart or its currency in another tab.
    const problemSince = isFree
      ? await this.#problemOf(ctx, found.order, reference)
      : this.#currencyProblem(found.order);
    if (problemSince !== null) return new QontoPayCheckoutRefused(problemSince);
    return reference === null ? new QontoPayCheckoutRefused(NOT_BY_QONTO) : { ...found, reference };
  }

  /** Returns the reason, for the shopper, why an order can't be paid through Qonto; null if it can. */
  async #problemOf(ctx: RequestContext, order: Order, reference: string | null): Promise<string | null> {
    const problem = this.#currencyProblem(order) ?? (await this.#methodProblem(ctx, order));
    if (problem !== null || reference !== null) return problem;
    const why = "its code must be 1 to 64 printable ASCII characters, together with `referencePrefix`.";
    Logger.error(`Order ${order.code} can't be paid by Qonto: ${why}`, LOG_CONTEXT);
    return NOT_BY_QONTO;
  }

  #currencyProblem({ currencyCode }: Order): string | null {
    if (currencyCode !== CurrencyCode.EUR) return "Qonto takes payments in EUR only.";
    const { moneyStrategy } = this.#config.entityOptions;
    return moneyStrategy?.precision === PRECISION ? null : "Qonto takes amounts with two decimals only.";
  }

  /** Returns why a payment of the order could not be recorded, for the shopper; null if it could. */
  async #methodProblem(ctx: RequestContext, { id, code }: Order): Promise<string | null> {
    const method = await this.#ownOrders.findPaymentMethod(ctx, id);
    if (method?.isEligible === true) return null;
    if (method !== undefined) return method.eligibilityMessage ?? NOT_BY_QONTO;
    const why = `no payment method with the handler qonto-pay is enabled in the channel ${ctx.channel.code}.`;
    Logger.error(`Order ${code} can't be paid by Qonto: ${why}`, LOG_CONTEXT);
    return "This shop takes no payments by Qonto at the moment.";
  }

  async #open(ctx: RequestContext, toPay: OrderToPay): Promise<QontoPayCheckout | QontoPayCheckoutRefused> {
    const { id: orderId } = toPay.order;
    const opened = await this.#checkouts.open(ctx, toPay);
    if (opened.status === "paid") return this.#alreadyPaid(ctx, orderId, opened);
    // If the order was cancelled or settled while its link was opened, the link must not be paid.
    if (!(await this.#isWaiting(ctx, orderId))) {
      const ended = await this.#checkouts.end(opened.id);
      return ended.status === "paid" ? this.#alreadyPaid(ctx, orderId, ended) : new QontoPayCheckoutRefused(CHANGED);
    }
    const { id: checkoutId, url } = opened;
    return url === null
      ? new QontoPayCheckoutRefused("There is no payment link yet. Please try again.")
      : { checkoutId, url };
  }

  /** Checks whether the order can still be paid. Waits for a concurrent cancellation of the order. */
  #isWaiting(ctx: RequestContext, orderId: ID): Promise<boolean> {
    return this.#connection.withTransaction(ctx, async (within) => {
      await lockOrder(this.#connection.getRepository(within, Order), orderId);
      return (await this.#ownOrders.readDue(within, orderId))?.order.state === "ArrangingPayment";
    });
  }

  async #alreadyPaid(
    ctx: RequestContext,
    orderId: ID,
    { id, amount }: CheckoutSnapshot,
  ): Promise<QontoPayCheckoutRefused> {
    await this.#settlement.settle(id);
    const left = await this.#ownOrders.readDue(ctx, orderId);
    if (left === null || !isDue(left)) return new QontoPayCheckoutRefused("This order is paid already.");
    return new QontoPayCheckoutRefused(
      `${amount.value} EUR were paid for this order before it was changed, and the shop was notified. Contact ` +
        `the shop, or try again to pay all of the ${priceOf(left.due, left.order.currencyCode)} that are due now.`,
    );
  }

  /**
   * Places an order of which nothing is due, and cancels its earlier checkouts. Returns the same result for a second
   * click. Uses the total and the state that the order has under the lock, because it may have changed since it was
   * found.
   *
   * @throws QontoPayError, QontoPayConnectionError only for an order that may have a link.
   */
  async #place(ctx: RequestContext, { id, code }: Order): Promise<QontoPayNothingDue | QontoPayCheckoutRefused> {
    return this.#connection.withTransaction(ctx, async (within) => {
      await lockOrder(this.#connection.getRepository(within, Order), id);
      await this.#ownOrders.correctTotal(within, id);
      const found = await this.#ownOrders.readDue(within, id);
      if (found === null || found.due > 0) return new QontoPayCheckoutRefused(CHANGED);
      if (found.order.state !== "ArrangingPayment")
        return isPlaced(found.order) ? this.#placed(found.order) : new QontoPayCheckoutRefused(CHANGED);
      const { paid, isBeingPaid } = await this.#checkouts.endAll(within, found.order);
      if (isBeingPaid) {
        return new QontoPayCheckoutRefused(
          "A payment for this order is being processed. Please try again in a moment.",
        );
      }
      // Nothing is due, so each payment becomes a note for the merchant.
      for (const checkout of paid) await this.#settlement.settlePaid(within, found.order, checkout);
      let problem = "";
      for (const state of PLACED) {
        const moved = await this.#orders.transitionToState(within, id, state);
        if (!isGraphQlErrorResult(moved)) return this.#placed({ code, state });
        problem ||= moved.transitionError;
      }
      return new QontoPayCheckoutRefused(problem);
    });
  }

  #placed({ code: orderCode, state }: Pick<Order, "code" | "state">): QontoPayNothingDue {
    return { orderCode, state, successUrl: this.#options.successUrl?.(orderCode) ?? null };
  }

  async #readAndSettle(checkoutId: string): Promise<CheckoutStatus> {
    try {
      const { status } = await this.#read(checkoutId);
      if (status === "paid") await this.#settlement.settle(checkoutId);
      return status;
    } catch (error) {
      if (!(error instanceof QontoPayError || error instanceof QontoPayConnectionError)) throw error;
      // A checkout of an earlier merchant account: a retry would not help.
      if (error instanceof QontoPayError && error.code === "checkout_not_found") throw new UserInputError(UNKNOWN);
      Logger.error(`Checkout ${checkoutId} can't be read now: ${error.message}`, LOG_CONTEXT);
      throw new UserInputError("The payment status is not available now. Please try again in a moment.");
    }
  }

  /** Reads the checkout from Qonto; if Qonto does not answer, returns the status that the Worker has stored. */
  async #read(checkoutId: string): Promise<{ readonly status: CheckoutStatus }> {
    try {
      return await this.#qontoPay.checkouts.sync(checkoutId);
    } catch (error) {
      if (!(error instanceof QontoPayError)) throw error;
      return this.#qontoPay.checkouts.get(checkoutId);
    }
  }
}

/** Returns false for a cancelled order, regardless of its total. */
function isDue({ order, due }: OrderWithDue): boolean {
  return order.active && due > 0;
}

/** Returns false for a cancelled order, which has an `orderPlacedAt` too. */
function isPlaced({ orderPlacedAt, state }: Order): boolean {
  return orderPlacedAt != null && state !== "Cancelled";
}
