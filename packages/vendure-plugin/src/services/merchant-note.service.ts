import { Inject, Injectable } from "@nestjs/common";
import { HistoryEntryType } from "@vendure/common/lib/generated-types";
import { HistoryService, type ID, Logger, type RequestContext, TransactionalConnection } from "@vendure/core";
import { LOG_CONTEXT } from "../constants.ts";
import { ReportedEvent } from "../entities/reported-event.entity.ts";

/** What the merchant has to know is said twice: in the log, and in the order's history, which shoppers don't see. */
@Injectable()
export class MerchantNoteService {
  readonly #connection: TransactionalConnection;
  readonly #history: HistoryService;

  constructor(
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(HistoryService) history: HistoryService,
  ) {
    this.#connection = connection;
    this.#history = history;
  }

  async add(ctx: RequestContext, order: { readonly id: ID; readonly code: string }, note: string): Promise<void> {
    Logger.warn(`Order ${order.code}: ${note}`, LOG_CONTEXT);
    await this.#history.createHistoryEntryForOrder(
      { ctx, orderId: order.id, type: HistoryEntryType.ORDER_NOTE, data: { note } },
      false,
    );
  }

  /**
   * The same, once for each key.
   *
   * @param key 64 characters at most: the id of an event, which may come often, or what else names the occasion.
   */
  async addOnce(
    ctx: RequestContext,
    key: string,
    order: { readonly id: ID; readonly code: string },
    note: string,
  ): Promise<void> {
    await this.#connection.withTransaction(ctx, async (within) => {
      const told = this.#connection.getRepository(within, ReportedEvent);
      if (await told.existsBy({ eventId: key })) return;
      // Its primary key refuses, and the note goes with it, where somebody else was faster since.
      await told.insert({ eventId: key });
      await this.add(within, order, note);
    });
  }
}
