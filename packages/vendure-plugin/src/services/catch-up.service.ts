import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from "@nestjs/common";
import { type MerchantEvent, QontoPay, QontoPayError } from "@qonto-pay/client";
import { Logger, ProcessContext, RequestContextService } from "@vendure/core";
import { LOG_CONTEXT, QONTO_PAY_OPTIONS } from "../constants.ts";
import type { QontoPayPluginOptions } from "../types.ts";
import { EventService, problemOf } from "./event.service.ts";
import { PluginSettingsService } from "./plugin-settings.service.ts";

const EVERY_MS = 5 * 60 * 1000;

/** Reads what webhooks have missed, such as while the shop was down: when the server starts, and every few minutes. */
@Injectable()
export class CatchUpService implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #qontoPay: QontoPay;
  readonly #options: QontoPayPluginOptions;
  readonly #contexts: RequestContextService;
  readonly #settings: PluginSettingsService;
  readonly #events: EventService;
  readonly #process: ProcessContext;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> | undefined;

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(QONTO_PAY_OPTIONS) options: QontoPayPluginOptions,
    @Inject(RequestContextService) contexts: RequestContextService,
    @Inject(PluginSettingsService) settings: PluginSettingsService,
    @Inject(EventService) events: EventService,
    @Inject(ProcessContext) process: ProcessContext,
  ) {
    this.#qontoPay = qontoPay;
    this.#options = options;
    this.#contexts = contexts;
    this.#settings = settings;
    this.#events = events;
    this.#process = process;
  }

  onApplicationBootstrap(): void {
    if (!this.#process.isServer) return;
    void this.run();
    this.#timer = setInterval(() => void this.run(), this.#options.catchUpEveryMs ?? EVERY_MS);
    this.#timer.unref();
  }

  /** Leaves nothing running that needs the database. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#underWay;
  }

  /** Handles everything up to now, one run at a time. Logs what goes wrong; the next run continues where it stopped. */
  async run(): Promise<void> {
    this.#underWay ??= this.#readOn()
      .catch((error: unknown) => Logger.error(`Events can't be read now: ${problemOf(error)}`, LOG_CONTEXT))
      .finally(() => (this.#underWay = undefined));
    await this.#underWay;
  }

  async #readOn(): Promise<void> {
    await this.#events.retryFailed();
    const last = await this.#settings.get<{ id: string }>(await this.#adminContext(), "lastEvent");
    for await (const event of this.#eventsAfter(last?.id)) {
      await this.#events.handleOrStore(event);
      await this.#settings.set(await this.#adminContext(), "lastEvent", { id: event.id });
    }
  }

  #adminContext() {
    return this.#contexts.create({ apiType: "admin" });
  }

  async *#eventsAfter(after: string | undefined): AsyncGenerator<MerchantEvent, void, undefined> {
    try {
      yield* this.#qontoPay.events.list({ after });
    } catch (error) {
      if (after === undefined || !isExpired(error)) throw error;
      // Events are kept for 90 days: the others are read from the beginning.
      yield* this.#qontoPay.events.list();
    }
  }
}

/** Whether the event to read after has expired. */
function isExpired(error: unknown): boolean {
  return error instanceof QontoPayError && error.code === "invalid_request" && error.param === "after";
}
