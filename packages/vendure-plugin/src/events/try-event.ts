import { Inject, Injectable } from "@nestjs/common";
import type { MerchantEvent } from "@qonto-pay/client";
import { Logger } from "@vendure/core";
import { QontoPayOrderService } from "../services/qonto-pay-order.service.ts";
import { LOG_CONTEXT } from "../constants.ts";
import { notHandled } from "../services/payment-notes.ts";
import { MerchantNoteService } from "../services/merchant-note.service.ts";
import { FailedEvents } from "../storage/failed-events.ts";
import { EventService } from "../services/event.service.ts";
import { isWorkerAway, problemOf } from "./problem-of.ts";

/** What still fails then has hardly been a chance: somebody has to look. */
const TELL_AFTER = 3;

/** Handles an event that was read, and keeps it for later where that fails: the events after it don't wait for it. */
@Injectable()
export class TryEvent {
  readonly #handleEvent: EventService;
  readonly #failed: FailedEvents;
  readonly #findOrder: QontoPayOrderService;
  readonly #merchant: MerchantNoteService;

  constructor(
    @Inject(EventService) handleEvent: EventService,
    @Inject(FailedEvents) failed: FailedEvents,
    @Inject(QontoPayOrderService) findOrder: QontoPayOrderService,
    @Inject(MerchantNoteService) merchant: MerchantNoteService,
  ) {
    this.#handleEvent = handleEvent;
    this.#failed = failed;
    this.#findOrder = findOrder;
    this.#merchant = merchant;
  }

  /** @throws where the Worker is away: all other events would fail, too. */
  async handle(event: MerchantEvent): Promise<void> {
    await this.#isHandled(event);
  }

  /** Tries once more what has failed before. @throws as `handle`. */
  async repeatFailed(): Promise<void> {
    for (const event of await this.#failed.all()) {
      if (await this.#isHandled(event)) await this.#failed.remove(event.id);
    }
  }

  async #isHandled(event: MerchantEvent): Promise<boolean> {
    try {
      await this.#handleEvent.handle(event);
      return true;
    } catch (error) {
      if (isWorkerAway(error)) throw error;
      await this.#keep(event, error);
      return false;
    }
  }

  async #keep(event: MerchantEvent, error: unknown): Promise<void> {
    const attempts = await this.#failed.count(event);
    Logger.error(`Event ${event.id} can't be handled (attempt ${attempts}): ${problemOf(error)}`, LOG_CONTEXT);
    const { checkout } = event.data;
    if (attempts < TELL_AFTER || checkout === undefined) return;
    const found = await this.#findOrder.findByCheckout(checkout);
    if (found === null) return;
    await this.#merchant.addOnce(found.ctx, `failed ${event.id}`, found.order, notHandled(event.type, checkout));
  }
}
