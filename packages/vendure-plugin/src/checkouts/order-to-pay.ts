import { Inject, Injectable } from "@nestjs/common";
import {
  ActiveOrderService,
  ConfigService,
  CurrencyCode,
  isGraphQlErrorResult,
  Logger,
  type ID,
  Order,
  OrderService,
  type RequestContext,
  TransactionalConnection,
} from "@vendure/core";
import { lockOrder } from "../services/order-lock.ts";
import { MendTotal } from "../orders/mend-total.ts";
import { OrderDue, type OrderWithDue } from "../orders/order-due.ts";
import { LOG_CONTEXT, QONTO_PAY_OPTIONS } from "../constants.ts";
import { QontoPayCheckoutRefused, type QontoPayPluginOptions } from "../types.ts";
import { OurPaymentMethod } from "./our-payment-method.ts";
import { referenceOf } from "./reference.ts";

/** An order that waits to be paid. */
export interface OrderToPay extends OrderWithDue {
  /** Of its checkouts. */
  readonly reference: string;
}

/** An order in `ArrangingPayment` of which nothing is due: it is free, or paid by other methods. It needs no link. */
export class OrderWithoutDue {
  readonly order: Order;

  constructor(order: Order) {
    this.order = order;
  }
}

/** Vendure's integer amounts are cents. */
const PRECISION = 2;

const NOT_BY_QONTO = "This order can't be paid by Qonto.";

/** Finds what a shopper wants to pay, and whether it can be paid by Qonto: before any money moves. */
@Injectable()
export class FindOrderToPay {
  readonly #activeOrder: ActiveOrderService;
  readonly #orders: OrderService;
  readonly #connection: TransactionalConnection;
  readonly #mendTotal: MendTotal;
  readonly #orderDue: OrderDue;
  readonly #paymentMethod: OurPaymentMethod;
  readonly #config: ConfigService;
  readonly #options: QontoPayPluginOptions;

  constructor(
    @Inject(ActiveOrderService) activeOrder: ActiveOrderService,
    @Inject(OrderService) orders: OrderService,
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(MendTotal) mendTotal: MendTotal,
    @Inject(OrderDue) orderDue: OrderDue,
    @Inject(OurPaymentMethod) paymentMethod: OurPaymentMethod,
    @Inject(ConfigService) config: ConfigService,
    @Inject(QONTO_PAY_OPTIONS) options: QontoPayPluginOptions,
  ) {
    this.#activeOrder = activeOrder;
    this.#orders = orders;
    this.#connection = connection;
    this.#mendTotal = mendTotal;
    this.#orderDue = orderDue;
    this.#paymentMethod = paymentMethod;
    this.#config = config;
    this.#options = options;
  }

  /** The shopper's active order, moved on to where it can be paid; else why it can't be, for the shopper. */
  async find(ctx: RequestContext): Promise<OrderToPay | OrderWithoutDue | QontoPayCheckoutRefused> {
    const active = await this.#activeOrder.getActiveOrder(ctx, undefined);
    if (active === undefined) return new QontoPayCheckoutRefused("There is no active order.");
    const reference = referenceOf(active.code, this.#options.referencePrefix);
    // Qonto's limits don't apply to an order without a payment.
    const isFree = active.totalWithTax === 0;
    const problem = isFree ? null : await this.#problemOf(ctx, active, reference);
    if (problem !== null) return new QontoPayCheckoutRefused(problem);
    if (active.state !== "ArrangingPayment") {
      const moved = await this.#orders.transitionToState(ctx, active.id, "ArrangingPayment");
      if (isGraphQlErrorResult(moved)) return new QontoPayCheckoutRefused(moved.transitionError);
    }
    const found = await this.#readMended(ctx, active.id);
    if (found === null) return new QontoPayCheckoutRefused("There is no active order.");
    if (found.due <= 0) return new OrderWithoutDue(found.order);
    // What is read under the lock counts: the shopper may have changed the cart or its currency in another tab since.
    const problemSince = isFree
      ? await this.#problemOf(ctx, found.order, reference)
      : this.#currencyProblem(found.order);
    if (problemSince !== null) return new QontoPayCheckoutRefused(problemSince);
    return reference === null ? new QontoPayCheckoutRefused(NOT_BY_QONTO) : { ...found, reference };
  }

  /** Why an order can't be paid by Qonto, for the shopper; null where it can. */
  async #problemOf(ctx: RequestContext, order: Order, reference: string | null): Promise<string | null> {
    const problem = this.#currencyProblem(order) ?? (await this.#methodProblem(ctx, order));
    if (problem !== null || reference !== null) return problem;
    const why = "its code must be 1 to 64 printable ASCII characters, together with `referencePrefix`.";
    Logger.error(`Order ${order.code} can't be paid by Qonto: ${why}`, LOG_CONTEXT);
    return NOT_BY_QONTO;
  }

  #readMended(ctx: RequestContext, orderId: ID): Promise<OrderWithDue | null> {
    return this.#connection.withTransaction(ctx, async (within) => {
      await lockOrder(this.#connection.getRepository(within, Order), orderId);
      await this.#mendTotal.mend(within, orderId);
      return this.#orderDue.read(within, orderId);
    });
  }

  #currencyProblem({ currencyCode }: Order): string | null {
    if (currencyCode !== CurrencyCode.EUR) return "Qonto takes payments in EUR only.";
    const { moneyStrategy } = this.#config.entityOptions;
    return moneyStrategy?.precision === PRECISION ? null : "Qonto takes amounts with two decimals only.";
  }

  /** What is paid and can't be booked is a problem of two people's: without a method for it, there is no link. */
  async #methodProblem(ctx: RequestContext, { id, code }: Order): Promise<string | null> {
    const method = await this.#paymentMethod.find(ctx, id);
    if (method?.isEligible === true) return null;
    if (method !== undefined) return method.eligibilityMessage ?? NOT_BY_QONTO;
    const why = `no payment method with the handler qonto-pay is enabled in the channel ${ctx.channel.code}.`;
    Logger.error(`Order ${code} can't be paid by Qonto: ${why}`, LOG_CONTEXT);
    return "This shop takes no payments by Qonto at the moment.";
  }
}
