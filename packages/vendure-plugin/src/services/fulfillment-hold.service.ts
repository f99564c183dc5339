import { createHash } from "node:crypto";
import { Inject, Injectable, type OnApplicationBootstrap } from "@nestjs/common";
import {
  CurrencyCode,
  EventBus,
  FulfillmentEvent,
  type ID,
  Logger,
  Order,
  OrderService,
  type Payment,
  type RequestContext,
  RequestContextService,
  TransactionalConnection,
  TransactionSubscriber,
  UserInputError,
} from "@vendure/core";
import { LOG_CONTEXT } from "../constants.ts";
import { CheckoutStoreService } from "./checkout-store.service.ts";
import { MerchantNoteService } from "./merchant-note.service.ts";
import { mayNotBeFulfilled, type Shortfall } from "./payment-notes.ts";

/** Holds back the goods of orders that less was paid for than they cost. */
@Injectable()
export class FulfillmentHoldService implements OnApplicationBootstrap {
  readonly #orders: OrderService;
  readonly #store: CheckoutStoreService;
  readonly #notes: MerchantNoteService;
  readonly #contexts: RequestContextService;
  readonly #eventBus: EventBus;
  readonly #connection: TransactionalConnection;
  readonly #transactions: TransactionSubscriber;

  constructor(
    @Inject(OrderService) orders: OrderService,
    @Inject(CheckoutStoreService) store: CheckoutStoreService,
    @Inject(MerchantNoteService) notes: MerchantNoteService,
    @Inject(RequestContextService) contexts: RequestContextService,
    @Inject(EventBus) eventBus: EventBus,
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(TransactionSubscriber) transactions: TransactionSubscriber,
  ) {
    this.#orders = orders;
    this.#store = store;
    this.#notes = notes;
    this.#contexts = contexts;
    this.#eventBus = eventBus;
    this.#connection = connection;
    this.#transactions = transactions;
  }

  /**
   * A fulfilment is made before any process is asked, and stays when that refuses it: here it is rolled back, with the
   * transaction that makes it.
   */
  onApplicationBootstrap(): void {
    this.#eventBus.registerBlockingEventHandler({
      id: "qonto-pay-hold-unpaid",
      event: FulfillmentEvent,
      handler: async ({ ctx, input }) => {
        const orders = input?.orders ?? [];
        const problem = await this.problemOf(
          ctx,
          orders.map(({ id }) => id),
        );
        if (problem !== undefined) throw new UserInputError(problem);
      },
    });
  }

  /** Why goods of these orders may not leave, for the merchant; undefined if they may. */
  async problemOf(ctx: RequestContext, orderIds: readonly ID[]): Promise<string | undefined> {
    for (const id of orderIds) {
      const shortfall = await this.#shortfallOf(ctx, id);
      if (shortfall === null) continue;
      const problem = mayNotBeFulfilled(shortfall);
      void this.#note(ctx, shortfall, problem);
      return problem;
    }
    return undefined;
  }

  /**
   * Null for an order that is paid, by any methods, and for one without a payment of ours: how a shop sells on account is
   * its own affair. Refunds don't count: they are given by the merchant, who knows of them.
   *
   * Nor does what is authorized count, though it is not due any more: it may lapse, or be cancelled, when the goods are
   * gone. Vendure itself makes no order `Shipped` that is `PaymentAuthorized`, and to settle it first is one click.
   */
  async #shortfallOf(ctx: RequestContext, orderId: ID): Promise<Shortfall | null> {
    const order = await this.#orders.findOne(ctx, orderId);
    if (order === undefined) return null;
    const payments = await this.#orders.getOrderPayments(ctx, orderId);
    const settled = payments.filter(({ state }) => state === "Settled");
    const authorized = payments.filter(({ state }) => state === "Authorized");
    const [total, paid] = [order.totalWithTax, sumOf(settled)];
    // A payment of ours is in euros: for what costs something else, no number of them is enough.
    const isPaid = paid >= total && order.currencyCode === CurrencyCode.EUR;
    const ids = settled.map(({ transactionId }) => transactionId);
    if (isPaid || !(await this.#store.hasAny(ctx, ids))) return null;
    return { order, total, paid, authorized: sumOf(authorized) };
  }

  /**
   * Notifies the merchant once for each problem. The transaction in which the goods were to leave is often rolled back: the
   * note comes after it, and no request waits for it. On SQLite all transactions are of one connection, and a note that
   * began within that one would keep the half of it.
   */
  async #note(ctx: RequestContext, { order }: Shortfall, problem: string): Promise<void> {
    try {
      const { queryRunner } = this.#connection.getRepository(ctx, Order).manager;
      if (queryRunner !== undefined) await this.#transactions.awaitRelease(queryRunner);
      const own = await this.#contexts.create({ apiType: "admin", channelOrToken: ctx.channel });
      const hash = createHash("sha256").update(problem).digest("hex").slice(0, 20);
      await this.#notes.addOnce(own, `unpaid ${order.id} ${hash}`, order, problem);
    } catch (error) {
      Logger.error(`Order ${order.code}: ${problem} This could not be noted: ${String(error)}`, LOG_CONTEXT);
    }
  }
}

function sumOf(payments: readonly Payment[]): number {
  return payments.reduce((sum, { amount }) => sum + amount, 0);
}
