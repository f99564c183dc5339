import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from "@nestjs/common";
import { type MerchantEvent, QontoPay, QontoPayError } from "@qonto-pay/client";
import { Logger, ProcessContext } from "@vendure/core";
import { LOG_CONTEXT, QONTO_PAY_OPTIONS } from "../constants.ts";
import type { QontoPayPluginOptions } from "../types.ts";
import { EventCursor } from "../events/event-cursor.ts";
import { problemOf } from "../events/problem-of.ts";
import { TryEvent } from "../events/try-event.ts";

const EVERY_MS = 5 * 60 * 1000;

/** Reads what webhooks have missed, such as while the shop was down: when the server starts, and every few minutes. */
@Injectable()
export class CatchUpService implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #qontoPay: QontoPay;
  readonly #options: QontoPayPluginOptions;
  readonly #cursor: EventCursor;
  readonly #tryEvent: TryEvent;
  readonly #process: ProcessContext;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> | undefined;

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(QONTO_PAY_OPTIONS) options: QontoPayPluginOptions,
    @Inject(EventCursor) cursor: EventCursor,
    @Inject(TryEvent) tryEvent: TryEvent,
    @Inject(ProcessContext) process: ProcessContext,
  ) {
    this.#qontoPay = qontoPay;
    this.#options = options;
    this.#cursor = cursor;
    this.#tryEvent = tryEvent;
    this.#process = process;
  }

  onApplicationBootstrap(): void {
    if (!this.#process.isServer) return;
    void this.run();
    this.#timer = setInterval(() => void this.run(), this.#options.catchUpEveryMs ?? EVERY_MS);
    this.#timer.unref();
  }

  /** Leaves nothing under way that needs the database. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#underWay;
  }

  /** Handles everything up to now, once at a time. What goes wrong is logged, and where it stopped it goes on next time. */
  async run(): Promise<void> {
    this.#underWay ??= this.#readOn()
      .catch((error: unknown) => Logger.error(`Events can't be read now: ${problemOf(error)}`, LOG_CONTEXT))
      .finally(() => (this.#underWay = undefined));
    await this.#underWay;
  }

  async #readOn(): Promise<void> {
    await this.#tryEvent.repeatFailed();
    for await (const event of this.#eventsAfter(await this.#cursor.get())) {
      await this.#tryEvent.handle(event);
      await this.#cursor.set(event.id);
    }
  }

  async *#eventsAfter(after: string | undefined): AsyncGenerator<MerchantEvent, void, undefined> {
    try {
      yield* this.#qontoPay.events.list({ after });
    } catch (error) {
      if (after === undefined || !isForgotten(error)) throw error;
      // Events are kept for 90 days: what is left is read from its beginning.
      yield* this.#qontoPay.events.list();
    }
  }
}

function isForgotten(error: unknown): boolean {
  return error instanceof QontoPayError && error.code === "invalid_request" && error.param === "after";
}
