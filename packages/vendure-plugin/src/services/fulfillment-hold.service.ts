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

/** Holds back the goods of underpaid orders. */
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
   * Rejects new fulfilments. Vendure creates a fulfilment before it calls any process, and keeps it if the process
   * rejects it; this handler rolls it back with the transaction that creates it.
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

  /** Returns why the goods of these orders must not leave, for the merchant; undefined if they can. */
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
   * Returns null for an order that is paid by any methods, and for one without a Qonto payment: the plugin does not
   * restrict sales on account. Refunds don't count, because the merchant makes them.
   *
   * Authorized payments don't count either: they may lapse or be cancelled after the goods have left. Vendure itself
   * does not move an order from `PaymentAuthorized` to `Shipped`. The merchant can settle the payment first.
   */
  async #shortfallOf(ctx: RequestContext, orderId: ID): Promise<Shortfall | null> {
    const order = await this.#orders.findOne(ctx, orderId);
    if (order === undefined) return null;
    const payments = await this.#orders.getOrderPayments(ctx, orderId);
    const settled = payments.filter(({ state }) => state === "Settled");
    const authorized = payments.filter(({ state }) => state === "Authorized");
    const [total, paid] = [order.totalWithTax, sumOf(settled)];
    // Qonto payments are in euros, so they never cover an order in another currency.
    const isPaid = paid >= total && order.currencyCode === CurrencyCode.EUR;
    const ids = settled.map(({ transactionId }) => transactionId);
    if (isPaid || !(await this.#store.hasAny(ctx, ids))) return null;
    return { order, total, paid, authorized: sumOf(authorized) };
  }

  /**
   * Notifies the merchant once for each problem. Adds the note after the current transaction, which is often rolled
   * back, and makes no request wait for it. On SQLite, all transactions share one connection: a note within that
   * transaction would commit a part of it.
   */
  async #note(ctx: RequestContext, { order }: Shortfall, problem: string): Promise<void> {
    try {
      const { queryRunner } = this.#connection.getRepository(ctx, Order).manager;
      if (queryRunner !== undefined) await this.#transactions.awaitRelease(queryRunner);
      const own = await this.#contexts.create({ apiType: "admin", channelOrToken: ctx.channel });
      const hash = createHash("sha256").update(problem).digest("hex").slice(0, 20);
      await this.#notes.addOnce(own, `unpaid ${order.id} ${hash}`, order, problem);
    } catch (error) {
      Logger.error(`Order ${order.code}: ${problem} The note could not be added: ${String(error)}`, LOG_CONTEXT);
    }
  }
}

function sumOf(payments: readonly Payment[]): number {
  return payments.reduce((sum, { amount }) => sum + amount, 0);
}
