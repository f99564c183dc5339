import { Inject, Injectable } from "@nestjs/common";
import { HistoryEntryType } from "@vendure/common/lib/generated-types";
import { HistoryService, type ID, Logger, type RequestContext, TransactionalConnection } from "@vendure/core";
import { LOG_CONTEXT } from "../constants.ts";
import { ReportedEvent } from "../entities/reported-event.entity.ts";

/** Notifies the merchant about an order in the log and in the order's history, with a note that shoppers don't see. */
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
   * Adds a note once for each key.
   *
   * @param key 64 characters at most: the id of an event, or another key of the notification.
   */
  async addOnce(
    ctx: RequestContext,
    key: string,
    order: { readonly id: ID; readonly code: string },
    note: string,
  ): Promise<void> {
    await this.#connection.withTransaction(ctx, async (within) => {
      const reported = this.#connection.getRepository(within, ReportedEvent);
      if (await reported.existsBy({ eventId: key })) return;
      // If another request has inserted the key meanwhile, this insert fails and the transaction is rolled back.
      await reported.insert({ eventId: key });
      await this.add(within, order, note);
    });
  }
}
