import { createHash } from "node:crypto";
import { Inject, Injectable, type OnApplicationBootstrap } from "@nestjs/common";
import {
  EventBus,
  FulfillmentEvent,
  type ID,
  Logger,
  Order,
  type RequestContext,
  RequestContextService,
  TransactionalConnection,
  TransactionSubscriber,
  UserInputError,
} from "@vendure/core";
import { LOG_CONTEXT } from "../constants.ts";
import { mayNotBeFulfilled } from "./payment-notes.ts";
import { MerchantNoteService } from "./merchant-note.service.ts";
import { FindShortfall, type Shortfall } from "../orders/find-shortfall.ts";

/** Holds back the goods of orders that less was paid for than they cost. */
@Injectable()
export class FulfillmentHoldService implements OnApplicationBootstrap {
  readonly #findShortfall: FindShortfall;
  readonly #merchant: MerchantNoteService;
  readonly #contexts: RequestContextService;
  readonly #eventBus: EventBus;
  readonly #connection: TransactionalConnection;
  readonly #transactions: TransactionSubscriber;

  constructor(
    @Inject(FindShortfall) findShortfall: FindShortfall,
    @Inject(MerchantNoteService) merchant: MerchantNoteService,
    @Inject(RequestContextService) contexts: RequestContextService,
    @Inject(EventBus) eventBus: EventBus,
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(TransactionSubscriber) transactions: TransactionSubscriber,
  ) {
    this.#findShortfall = findShortfall;
    this.#merchant = merchant;
    this.#contexts = contexts;
    this.#eventBus = eventBus;
    this.#connection = connection;
    this.#transactions = transactions;
  }

  /**
   * A fulfilment is made before any process is asked, and stays when that refuses it: here it is taken back, with the
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

  /** Why goods of these orders may not leave, for the merchant; undefined where they may. */
  async problemOf(ctx: RequestContext, orderIds: readonly ID[]): Promise<string | undefined> {
    for (const id of orderIds) {
      const shortfall = await this.#findShortfall.of(ctx, id);
      if (shortfall === null) continue;
      const problem = mayNotBeFulfilled(shortfall);
      void this.#note(ctx, shortfall, problem);
      return problem;
    }
    return undefined;
  }

  /**
   * Once for each problem. The transaction in which the goods were to leave is often taken back: the note comes after it,
   * and nobody waits for that. On SQLite all transactions are of one connection, and a note that began within that one
   * would keep the half of it.
   */
  async #note(ctx: RequestContext, { order }: Shortfall, problem: string): Promise<void> {
    try {
      const { queryRunner } = this.#connection.getRepository(ctx, Order).manager;
      if (queryRunner !== undefined) await this.#transactions.awaitRelease(queryRunner);
      const own = await this.#contexts.create({ apiType: "admin", channelOrToken: ctx.channel });
      const hash = createHash("sha256").update(problem).digest("hex").slice(0, 20);
      await this.#merchant.addOnce(own, `unpaid ${order.id} ${hash}`, order, problem);
    } catch (error) {
      Logger.error(`Order ${order.code}: ${problem} This could not be noted: ${String(error)}`, LOG_CONTEXT);
    }
  }
}
