import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from "@nestjs/common";
import { type MerchantEvent, QontoPay, QontoPayError } from "@qonto-pay/client";
import { Logger, ProcessContext, RequestContextService } from "@vendure/core";
import { LOG_CONTEXT, QONTO_PAY_OPTIONS } from "../constants.ts";
import type { QontoPayPluginOptions } from "../types.ts";
import { EventService, problemOf } from "./event.service.ts";
import { PluginSettingsService } from "./plugin-settings.service.ts";

const EVERY_MS = 5 * 60 * 1000;

/** Reads missed events when the server starts and every few minutes, for example after the shop was down. */
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

  /** Waits for a run in progress, which needs the database. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#underWay;
  }

  /**
   * Handles all events up to now, one run at a time. Logs errors; the next run continues after the last handled event.
   */
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
      // Events are kept for 90 days. Reads the remaining ones from the beginning.
      yield* this.#qontoPay.events.list();
    }
  }
}

/** Checks whether the error means that the event in `after` has expired. */
function isExpired(error: unknown): boolean {
  return error instanceof QontoPayError && error.code === "invalid_request" && error.param === "after";
}
